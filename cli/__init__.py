"""The command `friyta`: serve, build, train, check, evaluate and the tools of editors and translators."""

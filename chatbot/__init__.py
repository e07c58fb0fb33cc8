"""What was meant and what comes next: the Rasa project, the safety net and the engine. The only room that imports rasa."""

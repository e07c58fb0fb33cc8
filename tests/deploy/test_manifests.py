"""The files of deploy/ hold what they promise: valid by published schemas, nobody is root, nothing can be written, nothing goes out."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml
from pydantic import SecretStr

from api.settings import read_keys

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
#: `lifecycle.sleep` is the youngest thing we ask of a cluster.
OLDEST, NEWEST = "1.30", "1.37"


def resources() -> list[dict[str, Any]]:
    files = [path for path in sorted(KUBERNETES.rglob("*.yaml")) if path.name != "kustomization.yaml"]
    return [one for path in files for one in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def of(kind: str) -> dict[str, Any]:
    return next(one for one in resources() if one["kind"] == kind)


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("resource", resources(), ids=lambda one: f"{one['kind']}")
def test_manifests_fit_the_schemas_of_kubernetes(resource: dict[str, Any], version: str) -> None:
    """A misspelt field is dropped by the cluster in silence, and with it the limit or probe it stood for."""
    kubernetes_validate.validate(resource, version, strict=True)


def test_the_schema_check_finds_a_misspelt_field() -> None:
    """A check that lets everything through would say that all is well."""
    wrong = of("NetworkPolicy")
    wrong["spec"]["egres"] = wrong["spec"].pop("egress")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, NEWEST, strict=True)


@pytest.mark.parametrize("folder", sorted(path.parent for path in KUBERNETES.rglob("kustomization.yaml")), ids=lambda path: path.name)
def test_kustomizations_name_files_that_are_there(folder: Path) -> None:
    """A resource that is left out of the list is never applied: a network policy in a file helps nobody."""
    told = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
    named = {one for one in told["resources"] if not one.startswith("..")}
    assert named == {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}
    assert all((folder / one).exists() for one in told["resources"])


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not on this machine; the files were checked one by one")
def test_kustomize_puts_the_example_together() -> None:
    """What a city applies is what kustomize makes of the parts: keys and settings must arrive under the names the copies read."""
    made = subprocess.run(["kubectl", "kustomize", str(KUBERNETES / "example")], check=True, capture_output=True, text=True).stdout
    parts = {one["kind"]: one for one in yaml.safe_load_all(made)}
    for one in parts.values():
        kubernetes_validate.validate(one, NEWEST, strict=True)
        assert one["kind"] == "Namespace" or one["metadata"]["namespace"] == "friyta"
    container = parts["Deployment"]["spec"]["template"]["spec"]["containers"][0]
    assert container["envFrom"] == [
        {"configMapRef": {"name": parts["ConfigMap"]["metadata"]["name"]}},
        {"secretRef": {"name": parts["Secret"]["metadata"]["name"]}},
    ]
    assert parts["Secret"]["metadata"]["name"] != "friyta-keys", "without a hash in its name a new key replaces no copy"


def test_a_copy_in_a_cluster_can_do_nothing_but_answer() -> None:
    """Whoever breaks into a copy must find no root, no disk, no shell's rights, no token of the cluster and no way out."""
    pod = of("Deployment")["spec"]["template"]["spec"]
    container = pod["containers"][0]
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    assert [one["emptyDir"]["medium"] for one in pod["volumes"]] == ["Memory"]
    policy = of("NetworkPolicy")["spec"]
    assert policy["egress"] == [] and set(policy["policyTypes"]) == {"Ingress", "Egress"}
    assert policy["podSelector"]["matchLabels"].items() <= of("Deployment")["spec"]["template"]["metadata"]["labels"].items()
    assert of("Namespace")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_an_update_never_takes_a_copy_before_the_next_is_ready() -> None:
    """Else people meet a closed door while the texts are updated."""
    spec = of("Deployment")["spec"]
    container = spec["template"]["spec"]["containers"][0]
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert container["readinessProbe"]["httpGet"]["path"] == container["startupProbe"]["httpGet"]["path"] == "/health/ready"
    assert container["livenessProbe"]["httpGet"]["path"] == "/health/live", "a site that is being built must not get its copies killed"
    wait = container["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert spec["template"]["spec"]["terminationGracePeriodSeconds"] > wait + 10, "the service lets requests in work end for 10 seconds"
    assert of("HorizontalPodAutoscaler")["spec"]["minReplicas"] > of("PodDisruptionBudget")["spec"]["maxUnavailable"]


def test_example_keys_start_no_service() -> None:
    """Who forgets to write keys must be stopped, not run with keys that stand in the public source."""
    for name in ("kubernetes/example/keys.env", "settings.example.env"):
        line = next(line for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines() if line.startswith("FRIYTA_KEYS="))
        with pytest.raises(ValueError):
            read_keys(SecretStr(line.removeprefix("FRIYTA_KEYS=")))


def test_compose_fits_its_schema_and_keeps_the_copies_inside() -> None:
    """On one machine too: no root, no writing, no way out but the proxy's."""
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    schema = json.loads(Path(__file__).with_name("compose-spec.schema.json").read_text(encoding="utf-8"))
    jsonschema.validators.Draft7Validator(schema).validate(compose)
    copy = compose["services"]["friyta"]
    assert copy["read_only"] and copy["cap_drop"] == ["ALL"] and not copy["user"].startswith("0")
    assert copy["networks"] == ["inside"] and compose["networks"]["inside"]["internal"]
    assert "ports" not in copy
    assert copy["environment"]["FRIYTA_PROXIES"] == compose["networks"]["inside"]["ipam"]["config"][0]["subnet"]


def test_the_image_ends_as_nobody_and_without_a_shell() -> None:
    """Lines of the Containerfile that a hurried change could undo."""
    last = (DEPLOY / "Containerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert last.splitlines()[0].endswith(":nonroot") and "distroless" in last.splitlines()[0]
    assert "\nUSER 65532" in last and "\nRUN " not in last, "a RUN in the last stage would ask for a shell"
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".build", ".venv"} <= set(kept)
    copied = [word for line in last.splitlines() if line.startswith("COPY") for word in line.split() if word.startswith("/srv/friyta/")]
    assert {"/srv/friyta/api", "/srv/friyta/chatbot", "/srv/friyta/content", "/srv/friyta/translations"} <= set(copied)

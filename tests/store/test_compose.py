"""docker-compose.yml: as docker reads it where there is a docker that can, and by its structure everywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import srsly

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"
EXAMPLE = ROOT / ".env.example"


def service() -> dict[str, Any]:
    found: dict[str, Any] = srsly.yaml_loads(COMPOSE.read_text(encoding="utf-8"))["services"]["neo4j"]
    return found


def example() -> dict[str, str]:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_docker_takes_the_file(tmp_path: Path) -> None:
    """``docker compose config`` where the plugin is installed; it needs no running engine."""
    if not _can_compose():
        assert service()["image"]  # nothing here reads it as docker does; the structure is tested below
        return
    command = ["docker", "compose", "-f", str(COMPOSE), "--project-directory", str(tmp_path), "config", "--quiet"]
    bare = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")}
    without = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)
    assert without.returncode != 0
    assert "copy .env.example to .env" in without.stderr
    done = subprocess.run(
        command, env={**bare, "NEO4J_PASSWORD": "long enough"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_image_is_pinned_to_what_the_tests_run() -> None:
    pom = (ROOT / "tests" / "neo4j-server" / "pom.xml").read_text(encoding="utf-8")
    version = re.search(r"<neo4j.version>([\d.]+)<", pom)
    assert version
    assert service()["image"] == f"neo4j:{version[1]}-community"


def test_the_password_comes_from_the_environment() -> None:
    auth = service()["environment"]["NEO4J_AUTH"]
    assert auth.startswith("neo4j/${NEO4J_PASSWORD:?"), "no password, no start"
    assert example()["NEO4J_PASSWORD"] == ""


def test_it_listens_on_this_machine_only() -> None:
    assert service()["ports"]
    assert all(port.startswith("127.0.0.1:") for port in service()["ports"])


def test_it_keeps_its_data_and_says_how_it_is() -> None:
    volumes = srsly.yaml_loads(COMPOSE.read_text(encoding="utf-8"))["volumes"]
    assert [v.split(":")[0] for v in service()["volumes"]] == list(volumes)
    assert "data:/data" in service()["volumes"]
    check = service()["healthcheck"]
    assert "cypher-shell" in check["test"][1]
    assert set(check) == {"test", "interval", "timeout", "retries", "start_period"}


def test_every_variable_is_in_the_example() -> None:
    used = set(re.findall(r"\$\{(NEO4J_[A-Z_]+)[:}-]", COMPOSE.read_text(encoding="utf-8")))
    assert used <= set(example())
    assert {"NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD"} <= set(example())
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def _can_compose() -> bool:
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0

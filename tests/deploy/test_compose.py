"""Keeps docker-compose.yml, the Dockerfile, the secrets and the settings in step; no container is started."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import resolve

from tests.deploy.composition import ROOT, compose, dockerfile, given, ours, services, variables, words

PINNED = re.compile(r"^[a-z0-9./-]+:\d+\.\d+(\.\d+)?(-[a-z0-9-]+)?$")
DESK_SERVICES = ("setup", "web", "worker", "beat")


def settings_of(service: str) -> str:
    return str(ours()[service]["environment"]["DJANGO_SETTINGS_MODULE"])


@pytest.mark.parametrize("service", [*DESK_SERVICES, "public"])
def test_every_service_gets_what_its_settings_require_and_nothing_they_do_not_know(service: str) -> None:
    read = variables(settings_of(service))
    # What setup_roles reads besides: the roles' passwords, for the one service that makes the roles.
    owners = (
        {f"PORTAL_{role}_DATABASE_URL" for role in ("OWNER", "PROGRAMME", "PUBLIC")} if service == "setup" else set()
    )
    got = given(ours()[service]) - {"DJANGO_SETTINGS_MODULE"}
    assert read.required, "no required variable found: the reading of the settings is broken"
    assert read.required <= got
    assert got <= read.known | owners


def test_the_public_zone_runs_on_its_own_settings_and_shares_no_secret_with_the_desk() -> None:
    public = ours()["public"]
    assert settings_of("public") == "portal.settings_public"
    for name in DESK_SERVICES:
        assert settings_of(name) == "portal.settings"
    for name in ("web", "worker", "beat"):
        assert not set(public["secrets"]) & set(ours()[name]["secrets"])
    assert "volumes" not in public
    assert all("public" in secret for secret in public["secrets"])


def test_only_the_setup_service_and_the_database_hold_the_owner_s_password() -> None:
    holders = {
        name for name, service in services().items() if any("owner" in secret for secret in service.get("secrets", []))
    }
    assert holders == {"setup", "postgres"}


def test_a_secret_file_is_mounted_where_a_variable_names_it() -> None:
    declared = compose()["secrets"]
    for name, service in services().items():
        mounted = set(service.get("secrets", []))
        assert mounted <= set(declared), name
        named = {
            Path(value).name for variable, value in service.get("environment", {}).items() if variable.endswith("_FILE")
        }
        assert named <= mounted, name


def test_no_password_and_no_key_stands_in_the_file_itself() -> None:
    for name, service in services().items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|_KEYS?\b|_KEY|DATABASE_URL|REDIS_URL", variable):
                assert str(value).startswith("/run/secrets/") or re.fullmatch(r"\$\{\w+(:-)?\}", str(value)), (
                    f"{name}: {variable}"
                )
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert not re.search(r"://[^/\s]*:[^/\s]*@", text), "an address with a password"
    assert "PORTAL_DEMO" not in text, "demo sign-ins have no place in production"


def test_every_service_has_a_health_check_and_waits_for_healthy_services() -> None:
    for name, service in services().items():
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name
        for other, condition in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if other == "setup" else "service_healthy"
            assert condition["condition"] == wanted, f"{name} waits for {other}"
    assert {name for name, service in services().items() if "setup" in service.get("depends_on", {})} == {
        "web",
        "public",
        "worker",
        "beat",
    }


def test_health_checks_ask_addresses_that_exist_on_the_port_that_is_served() -> None:
    for name, urlconf in (("web", settings.ROOT_URLCONF), ("public", "portal.urls_public")):
        service = ours()[name]
        asked = urlsplit(service["healthcheck"]["test"][-1])
        assert resolve(asked.path, urlconf=urlconf).route.endswith("healthz")
        command = words(service["command"])
        assert command[command.index("--port") + 1] == str(asked.port)
        assert service["ports"] == [f"127.0.0.1:{asked.port}:{asked.port}"]
        assert (ROOT / service["healthcheck"]["test"][2]).is_file()


def test_images_are_pinned_to_a_version() -> None:
    images = {service["image"] for service in services().values()}
    images |= {line.split()[1] for line in dockerfile() if line.startswith("FROM")} - {"system"}
    assert {image for image in images if not PINNED.match(image)} == set()


def test_commands_name_programs_modules_and_management_commands_that_exist() -> None:
    for name, service in ours().items():
        command = words(service["command"])
        if "manage.py" in command:
            named = [command[place + 1] for place, word in enumerate(command) if word == "manage.py"]
            assert named == ["migrate", "setup_roles"]
            assert set(named) <= set(get_commands())
            continue
        program, module = command[0], command[-1] if command[0] == "granian" else command[2]
        assert importlib.util.find_spec(program), name
        path, _, attribute = module.partition(":")
        assert hasattr(importlib.import_module(path), attribute or "app"), name


def test_the_image_holds_every_app_of_ours_and_runs_as_an_ordinary_user_without_developers_tools() -> None:
    lines = dockerfile()
    copied = {line.split()[1] for line in lines if line.startswith("COPY") and "--from" not in line}
    apps = {app.partition(".")[0] for app in settings.INSTALLED_APPS}
    assert {app for app in apps - {"demo"} if (ROOT / app).is_dir()} <= copied
    assert "demo" not in copied, "invented people and known passwords have no place in production"
    assert any("uv sync --frozen --no-dev" in line for line in lines)
    last_stage = lines[max(place for place, line in enumerate(lines) if line.startswith("FROM")) :]
    assert [line for line in last_stage if line.startswith("USER")] == ["USER portal"]
    for service in ours().values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


def test_the_image_serves_the_static_files_where_the_settings_look_for_them() -> None:
    gathered = settings.STATIC_ROOT.relative_to(ROOT)
    assert f"COPY --from=assets /app/{gathered} {gathered}" in dockerfile()


def test_nothing_but_the_web_processes_is_reachable_from_outside() -> None:
    published = {name: service["ports"] for name, service in services().items() if "ports" in service}
    assert set(published) == {"web", "public"}
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)


def test_the_proxy_sends_the_desk_its_paths_and_the_public_zone_the_rest() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    ports = dict(re.findall(r"upstream (\w+)\s*\{ server 127\.0\.0\.1:(\d+);", text))
    routes = dict(re.findall(r"location (\S+)\s*\{ proxy_pass http://(\w+);", text))
    for path, service in (("/desk/", "web"), ("/admin/", "web"), ("/static/", "web"), ("/", "public")):
        assert services()[service]["ports"] == [f"127.0.0.1:{ports[routes[path]]}:{ports[routes[path]]}"]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Secrets drawn by deploy/make-secrets into a copy of deploy/."""
    copy = tmp_path_factory.mktemp("installation") / "deploy"
    shutil.copytree(ROOT / "deploy", copy, ignore=shutil.ignore_patterns("secrets"))
    subprocess.run([copy / "make-secrets"], check=True, capture_output=True)
    return copy / "secrets"


def test_make_secrets_draws_exactly_the_secrets_the_services_ask_for(drawn: Path) -> None:
    assert {file.name for file in drawn.iterdir()} == set(compose()["secrets"])
    assert {f"deploy/secrets/{name}" for name in compose()["secrets"]} == {
        secret["file"] for secret in compose()["secrets"].values()
    }
    assert drawn.stat().st_mode & 0o077 == 0


def test_drawn_passwords_open_the_roles_they_are_drawn_for(drawn: Path) -> None:
    def address(name: str) -> tuple[str | None, str | None, str | None]:
        parts = urlsplit((drawn / name).read_text(encoding="utf-8"))
        return parts.hostname, parts.username, parts.password

    owner = (drawn / "owner_password").read_text(encoding="utf-8")
    assert address("owner_database_url") == ("postgres", "portal_owner", owner)
    assert address("database_url")[:2] == ("postgres", "portal_programme")
    assert address("public_database_url")[:2] == ("postgres", "portal_public")
    users = (drawn / "redis_users").read_text(encoding="utf-8")
    for name, user in (("redis_url", "desk"), ("public_redis_url", "public")):
        host, username, password = address(name)
        assert (host, username) == ("redis", user)
        assert f"user {user} on #{hashlib.sha256(str(password).encode()).hexdigest()} " in users
    passwords = [address(name)[2] for name in ("owner_database_url", "database_url", "public_database_url")]
    assert len(set(passwords)) == 3


def test_drawing_secrets_twice_keeps_the_first_ones(drawn: Path) -> None:
    before = {file.name: file.read_bytes() for file in drawn.iterdir()}
    again = subprocess.run([drawn.parent / "make-secrets"], check=False, capture_output=True)
    assert again.returncode == 1
    assert {file.name: file.read_bytes() for file in drawn.iterdir()} == before

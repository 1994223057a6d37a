"""The workflows and `.ci/run`: what they may do, what they run, and when."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from scratch_city import city_in

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.y*ml"))
RUN = ROOT / ".ci/run"

PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

# In two pieces each, so that this file does not find itself.
INDEX_ADDRESSES = ("--index" + "-url", "extra-index" + "-url", "find" + "-links")
DOWNLOAD_ADDRESS = re.compile('"resolved"' + r":\s*" + '"http')

every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def load(path: Path) -> dict[Any, Any]:
    workflow: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return workflow


def named(name: str) -> dict[Any, Any]:
    return load(ROOT / f".github/workflows/{name}.yml")


def triggers(workflow: Mapping[Any, Any]) -> Mapping[str, Any]:
    """What starts a workflow; YAML 1.1 takes the key `on` for true."""
    found: Mapping[str, Any] = workflow[True]
    return found


def steps(workflow: Mapping[Any, Any]) -> Iterator[Mapping[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job.get("steps", ())


def step_named(workflow: Mapping[Any, Any], job: str, name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any]
    (found,) = (step for step in workflow["jobs"][job]["steps"] if step.get("name") == name)
    return found


def run_step(step: Mapping[str, Any], folder: Path, **environment: str) -> None:
    """Run a step's script as GitHub does with `shell: bash`."""
    subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        check=True,
    )


def test_there_is_a_gate_a_deployment_what_goes_with_it_and_examples_for_large_cities() -> None:
    assert [path.stem for path in WORKFLOWS] == [
        "audio",
        "audit-by-part",
        "build-by-locale",
        "check",
        "deploy",
        "post",
        "report",
    ]


@every_workflow
def test_every_action_is_pinned_by_its_full_commit_with_the_version_beside_it(path: Path) -> None:
    used = re.findall(r"^\s*(?:- )?uses: +(.+?) *$", path.read_text("utf-8"), re.MULTILINE)
    assert len(used) == len(re.findall(r"\buses:", path.read_text("utf-8"))) > 0
    # A workflow of this repository is taken from the same commit.
    assert [use for use in used if not use.startswith("./") and not PINNED.fullmatch(use)] == []


@every_workflow
def test_a_workflow_grants_nothing_and_each_job_names_what_it_needs(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert [name for name, job in workflow["jobs"].items() if not job.get("permissions")] == []


def test_only_the_jobs_that_deploy_keep_the_ledger_and_propose_a_report_may_write() -> None:
    granted = {
        (path.stem, name, scope)
        for path in WORKFLOWS
        for name, job in load(path)["jobs"].items()
        for scope, level in job["permissions"].items()
        if level != "read"
    }
    assert granted == {
        ("deploy", "deploy", "pages"),
        ("deploy", "deploy", "id-token"),
        ("deploy", "post", "contents"),
        ("post", "post", "contents"),
        ("report", "propose", "contents"),
        ("report", "propose", "pull-requests"),
    }


@every_workflow
def test_no_workflow_gives_a_strangers_change_the_rights_of_the_repository(path: Path) -> None:
    assert not {"pull_request_target", "workflow_run"} & set(triggers(load(path)))


@every_workflow
def test_a_checkout_leaves_no_credentials_behind(path: Path) -> None:
    checkouts = [s for s in steps(load(path)) if "actions/checkout@" in s.get("uses", "")]
    assert [s for s in checkouts if s["with"].get("persist-credentials") is not False] == []


@every_workflow
def test_no_script_holds_an_expression_that_could_carry_a_command(path: Path) -> None:
    assert [step["run"] for step in steps(load(path)) if "${{" in step.get("run", "")] == []


@every_workflow
def test_every_script_is_valid_bash(path: Path) -> None:
    scripts = [step["run"] for step in steps(load(path)) if "run" in step]
    for script in scripts:
        subprocess.run(["bash", "-n", "-c", script], check=True)
    assert scripts


@every_workflow
def test_every_job_ends_in_time_on_a_runner_of_a_known_version(path: Path) -> None:
    jobs = [job for job in load(path)["jobs"].values() if "uses" not in job]
    assert {job["runs-on"] for job in jobs} == {"ubuntu-24.04"}
    assert all(0 < job["timeout-minutes"] <= 60 for job in jobs)


@every_workflow
def test_runs_of_a_workflow_do_not_get_in_each_others_way(path: Path) -> None:
    concurrency = load(path)["concurrency"]
    assert set(concurrency) == {"group", "cancel-in-progress"}
    # In a called workflow this names the caller: both would wait for the same group for ever.
    assert "github.workflow" not in concurrency["group"]


def test_the_site_is_published_anew_twice_an_hour_away_from_the_top_of_the_hour() -> None:
    schedules = {path.stem: triggers(load(path)).get("schedule", []) for path in WORKFLOWS}
    times = [entry["cron"].split() for entry in schedules.pop("deploy")]
    assert [rest for _, *rest in times] == [["*", "*", "*", "*"]] * 2
    assert [int(minute) % 2 for minute, *_ in times] == [1, 1]
    minutes = {int(minute) for minute, *_ in times}
    (recording,) = schedules.pop("audio")
    assert int(recording["cron"].split()[0]) % 2 == 1
    assert int(recording["cron"].split()[0]) not in minutes
    (monthly,) = schedules.pop("report")
    assert int(monthly["cron"].split()[0]) % 2 == 1
    assert schedules == {"audit-by-part": [], "build-by-locale": [], "check": [], "post": []}


def test_every_change_and_every_deployment_passes_the_gate() -> None:
    deploy = named("deploy")
    assert {"pull_request", "push", "workflow_call"} == set(triggers(named("check")))
    assert {"push", "schedule", "workflow_dispatch"} == set(triggers(deploy))
    assert deploy["jobs"]["deploy"]["needs"] == "gate"
    assert deploy["jobs"]["gate"]["uses"] == "./.github/workflows/check.yml"
    assert deploy["jobs"]["address"]["if"] == "github.ref == 'refs/heads/main'"


def test_nothing_is_posted_before_the_site_is_there_and_the_repository_says_so() -> None:
    job = named("deploy")["jobs"]["post"]
    assert (job["needs"], job["uses"]) == (["address", "deploy"], "./.github/workflows/post.yml")
    assert set(triggers(named("post"))) == {"workflow_call"}
    scripts = [step for step in steps(named("post")) if "--send" in step.get("run", "")]
    assert [step["if"] for step in scripts] == ["vars.MACHIKADO_POST == 'send'"]


def stand_in_for(folder: Path, *ends: int) -> Path:
    """A `machikado` that writes down what it was called with and ends with each of `ends` in turn."""
    command, told = folder / ".venv/bin/machikado", folder / "told"
    command.parent.mkdir(parents=True)
    cases = " ".join(f"{number}) exit {end};;" for number, end in enumerate(ends, 1))
    command.write_text(
        f'#!/bin/sh\necho "$MACHIKADO_NOW $@" >>"{told}"\n'
        f'case "$(wc -l <"{told}" | tr -d " ")" in {cases} esac\n',
        "utf-8",
    )
    command.chmod(0o755)
    return told


def compare_feeds(folder: Path, end: int) -> Path:
    """Run the gate's comparison of feeds, which ends so; the folder that is handed on."""
    told = stand_in_for(folder, end)
    step = step_named(named("check"), "site", "Compare the feeds with the published ones")
    address, moment = "https://city.example/", "2026-11-23T00:00:00+00:00"
    run_step(step, folder, SITE_URL=address, RUNNER_TEMP=str(folder), MACHIKADO_NOW=moment)
    changed = folder / "changed"
    assert told.read_text("utf-8") == (
        f"{moment} feeds --compare {address} --changed {changed}/feeds.json --format github\n"
    )
    assert (changed / "now").read_text("utf-8") == f"{moment}\n"
    return changed


def test_a_published_id_that_has_changed_stops_the_deployment(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        compare_feeds(tmp_path, 1)


def test_a_site_that_cannot_be_read_does_not_keep_its_remedy_from_readers(tmp_path: Path) -> None:
    assert (compare_feeds(tmp_path, 2) / "feeds.json").read_text("utf-8") == "[]\n"


def test_feeds_that_hold_what_was_published_are_handed_on_to_be_told_of(tmp_path: Path) -> None:
    compare_feeds(tmp_path, 0)
    handed = step_named(named("check"), "site", "Hand on which feeds change")["with"]
    job = named("deploy")["jobs"]["tell"]
    (taken,) = (s for s in job["steps"] if "download-artifact@" in s.get("uses", ""))
    assert handed["name"] == taken["with"]["name"] == "changed-feeds"
    assert (job["needs"], job["if"]) == (["address", "deploy"], "vars.MACHIKADO_PING == 'send'")
    assert job["permissions"] == {"contents": "read"}


@pytest.mark.parametrize(("ends", "fine"), [([0, 0], True), ([0, 1], False), ([1], True)])
def test_an_id_that_has_changed_is_told_before_it_is_merged(
    ends: list[int], fine: bool, tmp_path: Path
) -> None:
    taken = step_named(named("check"), "site", "Take up the branch that the change goes to")
    step = step_named(named("check"), "site", "Compare the feeds with those of that branch")
    assert taken["if"] == step["if"] == "github.event_name == 'pull_request'"
    assert taken["with"]["path"] == ".base"
    told = stand_in_for(tmp_path, *ends)
    if fine:
        run_step(step, tmp_path, RUNNER_TEMP=str(tmp_path))
    else:
        with pytest.raises(subprocess.CalledProcessError):
            run_step(step, tmp_path, RUNNER_TEMP=str(tmp_path))
    lines = [
        f" feeds --config-file .base/mkdocs.yml --into {tmp_path}/base",
        f" feeds --compare {tmp_path}/base --format github",
    ]
    assert told.read_text("utf-8").splitlines() == lines[: len(ends)]


@pytest.mark.parametrize(("ends", "calls", "fine"), [([0], 1, True), ([1, 0], 2, True), ([2], 1, False)])  # fmt: skip
def test_a_hub_is_told_when_the_feeds_are_there_and_asked_again_until_then(
    ends: list[int], calls: int, fine: bool, tmp_path: Path
) -> None:
    told = stand_in_for(tmp_path, *ends)
    (tmp_path / "changed").mkdir()
    (tmp_path / "changed/now").write_text("2026-11-23T00:00:00+00:00\n", "utf-8")
    step = dict(step_named(named("deploy"), "tell", "Tell the hub which feeds have changed"))
    step["run"] = step["run"].replace("sleep", ": sleep")
    if fine:
        run_step(step, tmp_path)
    else:
        with pytest.raises(subprocess.CalledProcessError):
            run_step(step, tmp_path)
    line = "2026-11-23T00:00:00+00:00 feeds --ping --send --changed changed/feeds.json"
    assert told.read_text("utf-8").splitlines() == [line] * calls


def test_reviewers_of_a_change_see_the_posts_as_a_page(tmp_path: Path) -> None:
    shown = step_named(named("check"), "site", "Show the posts of the change")
    kept = step_named(named("check"), "site", "Keep the posts for reviewers")
    assert shown["if"] == kept["if"] == "github.event_name == 'pull_request'"
    told = stand_in_for(tmp_path, 0)
    run_step(shown, tmp_path, RUNNER_TEMP=str(tmp_path))
    assert told.read_text("utf-8") == " post --preview --format html\n"
    assert kept["with"]["path"] == "${{ runner.temp }}/posts.html"
    assert (tmp_path / "posts.html").is_file()


@pytest.mark.parametrize("is_first", [True, False])
def test_the_ledger_is_begun_only_where_its_branch_is_not_there(
    is_first: bool, tmp_path: Path
) -> None:
    origin, city = tmp_path / "origin", tmp_path / "city"
    (city / ".venv/bin").mkdir(parents=True)
    told = city / "told"
    command = city / ".venv/bin/machikado"
    command.write_text(
        f'#!/bin/sh\necho "$@" >"{told}"\nls "$5" 2>&1 | tail -1 >>"{told}"\n', "utf-8"
    )
    command.chmod(0o755)
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "social-ledger", origin], check=True)
    if not is_first:
        clone = tmp_path / "clone"
        subprocess.run(["git", "init", "--quiet", "-b", "social-ledger", clone], check=True)
        (clone / "ledger.jsonl").touch()
        author = ("-c", "user.name=a", "-c", "user.email=a@b.example")
        for arguments in (
            ("add", "."),
            (*author, "commit", "-qm", "a"),
            ("push", "-q", origin, "HEAD"),
        ):
            subprocess.run(["git", "-C", clone, *arguments], check=True, capture_output=True)
    step = step_named(named("post"), "post", "Post")
    run_step(step, city, REPOSITORY=str(origin), RUNNER_TEMP=str(tmp_path), GITHUB_TOKEN="secret")  # noqa: S106
    ledger = tmp_path / "ledger/ledger.jsonl"
    start = " --start-ledger" if is_first else ""
    called, seen = told.read_text("utf-8").splitlines()
    assert called == f"post --send --push --ledger {ledger}{start}"
    assert ("No such file" in seen) is is_first


def test_a_ledger_that_cannot_be_reached_is_not_taken_for_none(tmp_path: Path) -> None:
    step = step_named(named("post"), "post", "Post")
    with pytest.raises(subprocess.CalledProcessError):
        run_step(
            step,
            tmp_path,
            REPOSITORY=str(tmp_path / "nowhere"),
            RUNNER_TEMP=str(tmp_path),
            GITHUB_TOKEN="secret",  # noqa: S106
        )


def test_ci_tests_against_a_bluesky_server_and_does_not_skip_it() -> None:
    names = [step.get("name") for step in named("check")["jobs"]["code"]["steps"]]
    installed = names.index("Install a Bluesky PDS to test against")
    assert installed < names.index("Style, types, layers, unit tests")
    script = step_named(named("check"), "code", names[installed])["run"]
    assert 'echo "MACHIKADO_PDS=$PWD" >>"$GITHUB_ENV"' in script
    lock = json.loads((ROOT / "tests/social/pds/package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert packages["node_modules/@atproto/dev-env"]["version"] == "0.6.7"


def test_the_gate_annotates_the_change_it_judges() -> None:
    scripts = [step["run"] for step in steps(named("check")) if "run" in step]
    commands = [line for script in scripts for line in script.splitlines()]
    assert ".venv/bin/machikado check --format github" in commands
    assert '.venv/bin/machikado audit --format github --jobs "$(nproc)" \\' in commands
    assert [script for script in scripts if "GITHUB_STEP_SUMMARY" in script]


def test_the_gate_keeps_the_report_for_people_and_for_machines() -> None:
    audit = step_named(named("check"), "site", "Audit every page")["run"]
    for option, file in (("html", "report.html"), ("json", "audit.json"), ("sarif", "audit.sarif")):
        assert f'--{option} "$RUNNER_TEMP/audit/{file}"' in audit
    kept = step_named(named("check"), "site", "Keep the audit's report")
    assert kept["with"]["path"] == "${{ runner.temp }}/audit"
    assert "steps.audit.outcome" in kept["if"]


@pytest.mark.parametrize(
    "told", ["https://city.example/machikado", "https://city.example/machikado/"]
)
def test_the_address_of_the_site_ends_in_one_slash(told: str, tmp_path: Path) -> None:
    step = step_named(named("deploy"), "address", "End the address in a slash")
    output = tmp_path / "output"
    run_step(step, tmp_path, BASE_URL=told, GITHUB_OUTPUT=str(output))
    assert output.read_text("utf-8") == "site-url=https://city.example/machikado/\n"


def test_build_and_audit_share_one_moment_and_the_address_that_was_given(tmp_path: Path) -> None:
    step = step_named(named("check"), "site", "Settle the time and the address")
    settled = tmp_path / "environment"
    run_step(step, tmp_path, SITE_URL="https://city.example/", GITHUB_ENV=str(settled))
    time, address = settled.read_text("utf-8").splitlines()
    assert re.fullmatch(r"MACHIKADO_NOW=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", time)
    assert address == "MACHIKADO_SITE_URL=https://city.example/"


def test_without_an_address_the_configuration_keeps_its_own(tmp_path: Path) -> None:
    step = step_named(named("check"), "site", "Settle the time and the address")
    settled = tmp_path / "environment"
    run_step(step, tmp_path, SITE_URL="", GITHUB_ENV=str(settled))
    assert "MACHIKADO_SITE_URL" not in settled.read_text("utf-8")


def stand_in(folder: Path) -> Path:
    """A `machikado` in a folder that only writes down what it was called with; returns where."""
    command, told = folder / ".venv/bin/machikado", folder / "told"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\necho "$@" >>"{told}"\n', "utf-8")
    command.chmod(0o755)
    return told


@pytest.mark.parametrize(
    ("address", "called"), [("", "build\n"), ("https://city.example/", "build --no-cache\n")]
)
def test_a_site_that_will_be_published_is_made_from_its_sources_alone(
    address: str, called: str, tmp_path: Path
) -> None:
    told = stand_in(tmp_path)
    run_step(step_named(named("check"), "site", "Build"), tmp_path, SITE_URL=address)
    assert told.read_text("utf-8") == called
    restored = step_named(named("check"), "site", "Take up the build cache")
    assert restored["if"] == "${{ !inputs.site-url }}"


def test_the_build_cache_is_written_by_what_is_merged_alone_and_holds_no_code() -> None:
    restored = step_named(named("check"), "site", "Take up the build cache")
    kept = step_named(named("check"), "site", "Keep the build cache")
    assert kept["if"] == "${{ github.event_name == 'push' && !inputs.site-url }}"
    assert restored["with"]["path"] == kept["with"]["path"] == ".machikado/cache.sqlite"
    assert restored["id"] == "cache"
    assert kept["with"]["key"] == "${{ steps.cache.outputs.cache-primary-key }}"
    assert restored["with"]["key"] == restored["with"]["restore-keys"] + "${{ github.run_id }}"
    caching = [
        (path.stem, step.get("name"))
        for path in WORKFLOWS
        for step in steps(load(path))
        if step.get("uses", "").startswith("actions/cache")
        and step["with"]["path"] == ".machikado/cache.sqlite"
    ]
    assert caching == [("check", restored["name"]), ("check", kept["name"])]


def test_an_audit_in_parts_is_joined_from_all_of_them_and_stops_only_then() -> None:
    workflow = named("audit-by-part")
    audit = workflow["jobs"]["audit"]
    parts = audit["strategy"]["matrix"]["part"]
    assert parts == list(range(1, workflow["env"]["PARTS"] + 1))
    assert audit["strategy"]["fail-fast"] is False
    kept = step_named(workflow, "audit", "Keep what is known")
    assert kept["if"] == "github.ref_name == github.event.repository.default_branch"
    assert kept["with"]["path"] == ".machikado/audit.sqlite"
    assert set(workflow["jobs"]["join"]["needs"]) == {"build", "audit"}


def test_recordings_are_made_beside_the_gate_which_only_takes_them_up() -> None:
    taken = step_named(named("check"), "site", "Take up the recordings")
    assert taken["if"] == "inputs.site-url && vars.MACHIKADO_AUDIO == 'record'"
    audio = named("audio")
    job = audio["jobs"]["record"]
    assert job["if"] == "vars.MACHIKADO_AUDIO == 'record' && github.ref == 'refs/heads/main'"
    assert step_named(audio, "record", "Take up the recordings")["with"] == taken["with"]
    kept = step_named(audio, "record", "Keep the recordings")["with"]
    assert kept["path"] == taken["with"]["path"] == "docs/assets/audio"
    assert kept["key"].startswith(taken["with"]["restore-keys"])
    record = step_named(audio, "record", "Record")
    assert record["run"] == '.venv/bin/machikado audio --jobs "$(nproc)"'
    # Out of time, what was recorded is still kept.
    assert record["timeout-minutes"] + 10 < job["timeout-minutes"]


def city_of_two_locales(folder: Path) -> Path:
    """A project on the disk with the environment that a workflow makes; returns its folder."""
    city = city_in(folder)
    rows = "".join(
        f"        - {{ locale: {code}, name: {code}, build: true, default: {str(code == 'ja').lower()} }}\n"
        for code in ("ja", "en")
    )
    configuration = city / "mkdocs.yml"
    i18n = "  - i18n:\n      docs_structure: folder\n      languages:\n"
    text = configuration.read_text("utf-8") + i18n + rows
    fixed, settable = (
        "site_url: ",
        'site_url: !ENV [MACHIKADO_SITE_URL, "https://none.example/"] # ',
    )
    configuration.write_text(text.replace(fixed, settable), "utf-8")
    locales = "- { code: ja, name: 日本語, default: true }\n- { code: en, name: English }\n"
    (city / "i18n/locales.yml").write_text(locales, "utf-8")
    (city / ".venv").symlink_to(sys.prefix)
    return city


def test_a_site_built_by_locale_on_several_machines_is_the_one_built_on_one(tmp_path: Path) -> None:
    workflow = named("build-by-locale")
    city, output = city_of_two_locales(tmp_path / "city"), tmp_path / "output"
    settle = step_named(workflow, "settle", "Settle the locales and the time")
    run_step(settle, city, GITHUB_OUTPUT=str(output))
    settled = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", settled["now"])
    assert json.loads(settled["locales"]) == ["ja", "en"]
    build = step_named(workflow, "build", "Build one language")
    assert build["env"] == {
        "LOCALE": "${{ matrix.locale }}",
        "SITE_URL": "${{ inputs.site-url }}",
        "MACHIKADO_NOW": "${{ needs.settle.outputs.now }}",
    }
    address = "https://city.example/base/"
    for code in ("ja", "en"):
        run_step(build, city, LOCALE=code, SITE_URL=address, MACHIKADO_NOW=settled["now"])
        (city / "parts").mkdir(exist_ok=True)
        (city / f"site-{code}").rename(city / f"parts/site-{code}")
    run_step(step_named(workflow, "join", "Join"), city)
    whole = {"run": ".venv/bin/machikado build --site-dir whole"}
    run_step(whole, city, MACHIKADO_SITE_URL=address, MACHIKADO_NOW=settled["now"])
    joined, expected = files_of(city / "site"), files_of(city / "whole")
    assert {"index.html", "en/index.html", "machikado.json"} <= set(joined)
    assert b"<loc>https://city.example/base/en/</loc>" in joined["sitemap.xml"]
    assert joined == expected


def files_of(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def test_the_parts_of_a_site_are_handed_on_whole_and_each_by_its_own_name() -> None:
    workflow = named("build-by-locale")
    handed = step_named(workflow, "build", "Hand it on")["with"]
    (taken,) = (s for s in steps(workflow) if "download-artifact@" in s.get("uses", ""))
    assert handed["name"] == handed["path"] == "site-${{ matrix.locale }}"
    assert handed["include-hidden-files"] is True
    assert taken["with"] == {"pattern": "site-*", "path": "parts"}
    locales = workflow["jobs"]["build"]["strategy"]["matrix"]["locale"]
    assert locales == "${{ fromJSON(needs.settle.outputs.locales) }}"


def test_the_summary_says_of_each_check_how_it_ended(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    run_step(
        step_named(named("check"), "site", "Summary"),
        tmp_path,
        GITHUB_STEP_SUMMARY=str(summary),
        SOURCES="success",
        BUILD="success",
        AUDIT="failure",
        PAGES="",
    )
    assert summary.read_text("utf-8").splitlines() == [
        "## サイトの検査 / Site",
        "| 検査 / Check | 結果 / Result |",
        "| --- | --- |",
        "| 原稿 / Sources | ✅ 問題なし / passed |",
        "| サイトの作成 / Build | ✅ 問題なし / passed |",
        "| アクセシビリティ / Accessibility | ❌ 直すところがあります / to mend |",
        "| できあがったページ / Built pages | – 実行していません / not run |",
    ]


def machine(folder: Path, *commands: str) -> tuple[Path, Path]:
    """The commands of a small machine, and the log of what was called on it.

    Stand-ins take the place of what would change the machine or run these very tests once more.
    """
    bin_folder, log = folder / "bin", folder / "log"
    bin_folder.mkdir()
    for name in ("bash", "dirname", "env", "id"):
        (bin_folder / name).symlink_to(shutil.which(name) or name)
    for name in commands:
        if name == "python3":
            (bin_folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
        elif name == "sudo":
            (bin_folder / name).write_text('#!/bin/sh\nexec "$@"\n', "utf-8")
        elif name == "fc-list":
            (bin_folder / name).write_text("#!/bin/sh\necho Noto Sans CJK JP\n", "utf-8")
        else:
            script = f'#!/bin/sh\necho "{name} $*" >>"{log}"\n'
            (bin_folder / name).write_text(script, "utf-8")
        (bin_folder / name).chmod(0o755)
    return bin_folder, log


def run_ci(bin_folder: Path) -> None:
    subprocess.run(
        [str(bin_folder / "bash"), str(RUN)],
        cwd=bin_folder,
        env={"PATH": str(bin_folder)},
        check=True,
        capture_output=True,
    )


def test_ci_run_can_be_started_and_ends_in_make_test() -> None:
    subprocess.run(["bash", "-n", str(RUN)], check=True)
    assert os.access(RUN, os.X_OK)
    assert RUN.read_text("utf-8").splitlines()[-1] == "exec make test"


def test_ci_run_installs_what_a_bare_machine_lacks_and_then_tests(tmp_path: Path) -> None:
    bin_folder, log = machine(tmp_path, "apt-get", "sudo", "make")
    run_ci(bin_folder)
    assert log.read_text("utf-8").splitlines() == [
        "apt-get update --quiet",
        "apt-get install --quiet --yes --no-install-recommends "
        "python3-venv git chromium fonts-noto-cjk",
        "make test",
    ]


def test_ci_run_installs_nothing_on_a_machine_that_has_everything(tmp_path: Path) -> None:
    there = ("python3", "make", "git", "google-chrome", "fc-list", "apt-get", "sudo")
    bin_folder, log = machine(tmp_path, *there)
    run_ci(bin_folder)
    assert log.read_text("utf-8").splitlines() == ["make test"]


def test_ci_run_tests_all_the_same_where_there_is_no_apt(tmp_path: Path) -> None:
    bin_folder, log = machine(tmp_path, "python3", "make")
    run_ci(bin_folder)
    assert log.read_text("utf-8").splitlines() == ["make test"]


def project_files() -> list[Path]:
    """Every file that is tracked, or would be with the next commit."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_package_index_or_where_a_package_is_downloaded() -> None:
    files = project_files()
    texts = {path: path.read_bytes().decode("utf-8", "replace") for path in files}
    telling = [
        str(path.relative_to(ROOT))
        for path, text in texts.items()
        if any(word in text for word in INDEX_ADDRESSES) or DOWNLOAD_ADDRESS.search(text)
    ]
    assert telling == []
    assert Path(__file__) in texts


def test_the_locked_dependencies_are_names_versions_and_hashes_alone() -> None:
    lock = (ROOT / "requirements/lock.txt").read_text("utf-8")
    assert "://" not in lock
    assert "--hash=sha256:" in lock

# ruff: noqa: T201 - what it prints is what it is for
"""Which seeded faults the audit finds, and what it says of pages that look alike and are as they should be.

    python -m benchmarks.seeded [--only NAME]... [--jobs N] [--json FILE]

`seeded/faults.toml` holds pairs of pages: one with a fault, one without. A fault is found when a failed
finding of weight `error` breaks one of its criteria; as advice, when only a lighter one does. Anything failed of
another criterion on that page, and any error on the page without a fault, is a false alarm.
Media are made with ffmpeg; without it the pages that need them are left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from PIL import Image, ImageDraw

FAULTS = Path(__file__).parent / "seeded" / "faults.toml"
PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><a href="#content">{skip}</a><header><p>{site}</p></header><main id="content" tabindex="-1">
<h1>{heading}</h1><p>{lead}</p>
{body}
</main><footer><p>{site}</p></footer></body></html>
"""
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Services of the town - Northtown",
        "skip": "Skip to content",
        "site": "Northtown",
        "heading": "Services of the town",
        "lead": "The town offers many services to everyone who lives here.",
    },
    "ja": {
        "title": "市のサービス｜北町市",
        "skip": "本文へ進む",
        "site": "北町市",
        "heading": "市のサービス",
        "lead": "市は、ここに住むすべての人にサービスを提供しています。",
    },
}
MEDIA = ("talk.mp4", "silent.mp4", "talk.mp3")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, help="keep all findings there")
    arguments = parser.parse_args()
    faults = tomllib.loads(FAULTS.read_text(encoding="utf-8"))["fault"]
    faults = [f for f in faults if not arguments.only or f["name"] in arguments.only]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        has_media = write_assets(folder)
        if not has_media:
            faults = [f for f in faults if not any(m in f["bad"] + f["good"] for m in MEDIA)]
        write_pages(folder, faults)
        pages = [f"{fault['name']}.{kind}.html" for fault in faults for kind in ("bad", "good")]
        report = audit(folder, pages, arguments.jobs)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, ensure_ascii=False, indent=1))
    tell(faults, report)


def write_pages(folder: Path, faults: Sequence[Mapping[str, Any]]) -> None:
    for fault in faults:
        for kind in ("bad", "good"):
            body = fault[kind]
            lang = fault.get("lang", "en")
            is_whole = body.lstrip().lower().startswith("<!doctype")
            html = body.replace("<head>", '<head><meta charset="utf-8">', 1)
            if not is_whole:
                html = PAGE.format(lang=lang, body=body, **WORDS[lang])
            (folder / f"{fault['name']}.{kind}.html").write_text(html, encoding="utf-8")


def write_assets(folder: Path) -> bool:
    """Pictures, frames and captions; whether there are films and sounds, too."""
    photo = Image.new("RGB", (400, 200), "#7a8a6a")
    ImageDraw.Draw(photo).polygon(
        [(0, 200), (120, 60), (260, 150), (400, 40), (400, 200)], "#4d5d45"
    )
    photo.save(folder / "photo.png")
    photo.save(folder / "captcha.png")
    Image.new("RGBA", (1, 1), (0, 0, 0, 0)).save(folder / "spacer.gif")
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("#a00", "#0a0", "#00a", "#aa0")]
    frames[0].save(folder / "still.gif")
    frames[0].save(
        folder / "moving.gif", save_all=True, append_images=frames[1:], duration=400, loop=0
    )
    words = Image.new("RGB", (500, 60), "white")
    ImageDraw.Draw(words).text(
        (10, 15), "Office hours: Monday to Friday, nine to five", "black", font_size=22
    )
    words.save(folder / "words.png")
    inner = "<!doctype html><html lang=en><title>{0}</title><body><h1>{0}</h1>{1}</body></html>"
    for name, title, body in (
        ("frame", "Car parks", "<p>Car parks of the town</p>"),
        ("other", "Libraries", "<p>Libraries of the town</p>"),
        ("links", "Car parks", '<p><a href="/a/">North car park</a></p>'),
        ("long", "Rules", "<p>One rule after the other.</p>" * 30),
    ):
        (folder / f"{name}.html").write_text(inner.format(title, body), encoding="utf-8")
    (folder / "talk.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:04.000\nHello everyone.\n")
    return _make_media(folder)


def _make_media(folder: Path) -> bool:
    if shutil.which("ffmpeg") is None:
        return False
    picture = ["-f", "lavfi", "-i", "testsrc=duration=8:size=320x180:rate=5"]
    sound = ["-f", "lavfi", "-i", "sine=frequency=440:duration=8"]
    as_webm = ["-c:v", "libvpx", "-b:v", "100k", "-f", "webm"]
    for name, options in (
        ("talk.mp4", [*picture, *sound, *as_webm]),
        ("silent.mp4", [*picture, *as_webm]),
        ("talk.mp3", sound),
    ):
        command = ["ffmpeg", "-loglevel", "error", "-y", *options, str(folder / name)]
        if subprocess.run(command, check=False).returncode:
            return False
    return True


def audit(folder: Path, pages: Sequence[str], jobs: int) -> dict[str, Any]:
    """The report of `machikado audit --url` on these pages, named as they are in the folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    start = f"http://127.0.0.1:{server.server_port}/"
    command = [sys.executable, "-c", "from machikado.cli import main; main()", "audit"]
    command += [
        "--format",
        "json",
        "--jobs",
        str(jobs),
        *(f"--url={start}{page}" for page in pages),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)
    server.shutdown()
    report: dict[str, Any] = json.loads(done.stdout)
    for finding in report["findings"]:
        finding["page"] = finding["page"].removeprefix(start)
    return report


def tell(faults: Sequence[Mapping[str, Any]], report: Mapping[str, Any]) -> None:
    said: dict[str, dict[str, tuple[str, frozenset[str]]]] = defaultdict(dict)
    asked: dict[str, set[str]] = defaultdict(set)
    for finding in report["findings"]:
        criteria = frozenset(finding["criteria"])
        if finding["outcome"] == "failed":
            said[finding["page"]][finding["check"]] = (finding["weight"], criteria)
        elif finding["outcome"] == "cantTell":
            asked[finding["page"]].add(finding["check"])
    counts = dict.fromkeys(("error", "advice", "missed", "unrelated", "accused"), 0)
    for fault in faults:
        name, wanted = fault["name"], frozenset(fault["criteria"])
        bad, good = said[f"{name}.bad.html"], said[f"{name}.good.html"]
        rules = set(fault.get("rules", ()))
        own = {
            check: weight
            for check, (weight, criteria) in bad.items()
            if check in rules or criteria & wanted
        }
        unrelated = sorted(set(bad) - set(own)) if wanted or rules else []
        accused = sorted(check for check, (weight, _) in good.items() if weight == "error")
        hinted = sorted(check for check, (weight, _) in good.items() if weight != "error")
        if not wanted and not rules:
            own = {check: weight for check, (weight, _) in bad.items()}
        verdict = "error" if "error" in own.values() else "advice" if own else "missed"
        counts[verdict] += 1
        counts["unrelated"] += len(unrelated)
        counts["accused"] += len(accused)
        mark = {"error": "=", "advice": "~", "missed": "-"}[verdict]
        print(
            f"{mark} {name} {','.join(fault['criteria']) or '(practice)'}: {', '.join(sorted(own))}"
        )
        for word, checks in (
            ("unrelated", unrelated),
            ("accused", accused),
            ("hinted", hinted),
            ("asked", sorted(asked[f"{name}.bad.html"]) if verdict == "missed" else []),
        ):
            if checks:
                print(f"    {word}: {', '.join(checks)}")
    of = len(faults)
    print(f"\nfound as error: {counts['error']} of {of}; as advice: {counts['advice']}")
    print(f"missed: {counts['missed']}; unrelated rules a page: {counts['unrelated'] / of:.2f}")
    print(f"errors on pages without a fault: {counts['accused']}")
    for problem in report["errors"]:
        print(f"not audited: {problem['page']}: {problem['message']['en']}")


if __name__ == "__main__":
    main()

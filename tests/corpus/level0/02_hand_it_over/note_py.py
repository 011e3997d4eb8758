#| wrong hashes-the-name earned=1.25 says="`fingerprint` of a file gave"
# The fingerprint of the path instead of the content: it never changes.
import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path


def fingerprint(path):
    return "sha256:" + hashlib.sha256(str(path).encode()).hexdigest()


def write_note(folder, file, data, packages, **facts):
    folder = Path(folder)
    versions = {p: metadata.version(p) for p in packages}
    note = {"file": file, "sha256": fingerprint(folder / file), "data": {"file": Path(data).name, "sha256": fingerprint(data)}}
    note |= {"python": platform.python_version(), "packages": versions, **facts}
    (folder / "note.json").write_text(json.dumps(note))
    (folder / "requirements.txt").write_text("\n".join(f"{p}=={v}" for p, v in versions.items()))


def read_note(folder):
    return json.loads((Path(folder) / "note.json").read_text())


def changed(folder):
    note = read_note(folder)
    path = Path(folder) / note["file"]
    if not path.exists():
        return [f"{path} is missing"]
    return [] if fingerprint(path) == note["sha256"] else [f"{path} has changed"]


def other_versions(folder):
    found = []
    for package, packed in read_note(folder)["packages"].items():
        try:
            here = metadata.version(package)
        except metadata.PackageNotFoundError:
            here = "nothing"
        if here != packed:
            found.append(f"{package}: {packed} in the note, {here} here")
    return found

#| wrong digits-without-sha256 earned=2 says="`fingerprint` of a file gave"
import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path


def fingerprint(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def write_note(folder, file, data, packages, **facts):
    folder = Path(folder)
    versions = {p: metadata.version(p) for p in packages}
    note = {"file": file, "sha256": fingerprint(folder / file), "data": {"file": Path(data).name, "sha256": fingerprint(data)}}
    note |= {"python": platform.python_version(), "packages": versions, **facts}
    (folder / "note.json").write_text(json.dumps(note))
    (folder / "requirements.txt").write_text("\n".join(f"{p}=={v}" for p, v in versions.items()))


def read_note(folder):
    return json.loads((Path(folder) / "note.json").read_text())


def changed(folder):
    note = read_note(folder)
    path = Path(folder) / note["file"]
    if not path.exists():
        return [f"{path} is missing"]
    return [] if fingerprint(path) == note["sha256"] else [f"{path} has changed"]


def other_versions(folder):
    found = []
    for package, packed in read_note(folder)["packages"].items():
        try:
            here = metadata.version(package)
        except metadata.PackageNotFoundError:
            here = "nothing"
        if here != packed:
            found.append(f"{package}: {packed} in the note, {here} here")
    return found

#| wrong stumbles-over-what-is-missing earned=2.5 says="FileNotFoundError"
# A missing file and a missing package end in an exception instead of a sentence.
import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path


def fingerprint(path):
    return f"sha256:{hashlib.sha256(open(path, 'rb').read()).hexdigest()}"


def write_note(folder, file, data, packages, **facts):
    note = dict(facts)
    note["file"] = file
    note["sha256"] = fingerprint(Path(folder, file))
    note["data"] = {"file": Path(data).name, "sha256": fingerprint(data)}
    note["python"] = sys.version.split()[0]
    note["packages"] = {p: version(p) for p in packages}
    Path(folder, "note.json").write_text(json.dumps(note))
    Path(folder, "requirements.txt").write_text("".join(f"{p}=={version(p)}\n" for p in packages))


def read_note(folder):
    return json.loads(Path(folder, "note.json").read_text())


def changed(folder):
    note = read_note(folder)
    if fingerprint(Path(folder, note["file"])) != note["sha256"]:
        return ["The model file has changed."]
    return []


def other_versions(folder):
    return [f"{p} was {v}, is {version(p)}" for p, v in read_note(folder)["packages"].items() if version(p) != v]

#| wrong facts-in-a-drawer-of-their-own earned=3 says="`seed`, `rmse` are missing or wrong"
import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path


def fingerprint(path):
    return "sha256:" + hashlib.sha256(Path(path).read_bytes()).hexdigest()


def write_note(folder, file, data, packages, **facts):
    folder = Path(folder)
    versions = {p: metadata.version(p) for p in packages}
    note = {"file": file, "sha256": fingerprint(folder / file), "data": {"file": Path(data).name, "sha256": fingerprint(data)}}
    note |= {"python": platform.python_version(), "packages": versions, "facts": facts}
    (folder / "note.json").write_text(json.dumps(note))
    (folder / "requirements.txt").write_text("\n".join(f"{p}=={v}" for p, v in versions.items()))


def read_note(folder):
    return json.loads((Path(folder) / "note.json").read_text())


def changed(folder):
    note = read_note(folder)
    path = Path(folder) / note["file"]
    if not path.exists():
        return [f"{path} is missing"]
    return [] if fingerprint(path) == note["sha256"] else [f"{path} has changed"]


def other_versions(folder):
    found = []
    for package, packed in read_note(folder)["packages"].items():
        try:
            here = metadata.version(package)
        except metadata.PackageNotFoundError:
            here = "nothing"
        if here != packed:
            found.append(f"{package}: {packed} in the note, {here} here")
    return found

#| wrong writes-beside-the-folder says="no note.json"
# open("note.json") is where the notebook runs, not in the folder.
import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path


def fingerprint(path):
    return "sha256:" + hashlib.sha256(Path(path).read_bytes()).hexdigest()


def write_note(folder, file, data, packages, **facts):
    versions = {p: metadata.version(p) for p in packages}
    note = {"file": file, "sha256": fingerprint(Path(folder) / file), "data": {"file": Path(data).name, "sha256": fingerprint(data)}}
    note |= {"python": platform.python_version(), "packages": versions, **facts}
    with open("note.json", "w") as f:
        json.dump(note, f)
    with open("requirements.txt", "w") as f:
        f.writelines(f"{p}=={v}\n" for p, v in versions.items())


def read_note(folder):
    return json.loads(Path("note.json").read_text())


def changed(folder):
    return []


def other_versions(folder):
    return []

#| right other-words-other-calls
# The same facts in another order, other sentences, comments in requirements.txt, hashed in pieces.
import hashlib
import json
import os
import sys
from importlib import metadata


def fingerprint(path):
    digest = hashlib.sha256()
    with open(path, "rb") as f:
        while block := f.read(4096):
            digest.update(block)
    return f"sha256:{digest.hexdigest()}"


def _here(package):
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def write_note(folder, file, data, packages, **facts):
    note = dict(facts, packages={p: _here(p) for p in packages}, python=".".join(map(str, sys.version_info[:3])))
    note["data"] = dict(sha256=fingerprint(data), file=os.path.basename(data))
    note["sha256"] = fingerprint(os.path.join(folder, file))
    note["file"], note["written_by"] = file, "me"
    with open(os.path.join(folder, "note.json"), "w") as f:
        json.dump(note, f, indent=4, sort_keys=True)
    with open(os.path.join(folder, "requirements.txt"), "w") as f:
        print("# to open the model:", *(f"{p}=={_here(p)}" for p in sorted(packages)), sep="\n", file=f)


def read_note(folder):
    with open(os.path.join(folder, "note.json")) as f:
        return json.load(f)


def changed(folder):
    note = read_note(folder)
    try:
        now = fingerprint(os.path.join(folder, note["file"]))
    except FileNotFoundError:
        return [f"Where is {note['file']}?"]
    return [f"{note['file']}: {now} is not {note['sha256']}"] * (now != note["sha256"])


def other_versions(folder):
    pairs = [(p, v, _here(p)) for p, v in read_note(folder)["packages"].items()]
    return [f"You have {p} {here}, and {then} was packed" for p, then, here in pairs if here != then]

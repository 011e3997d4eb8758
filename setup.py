"""Everything that setuptools needs, read from settings.ini."""

from configparser import ConfigParser
from pathlib import Path

from setuptools import find_namespace_packages, setup

settings = ConfigParser(delimiters=["="], interpolation=None)
settings.read(Path(__file__).with_name("settings.ini"), encoding="utf-8")
cfg = settings["DEFAULT"]


def lines(key):
    return [line.strip() for line in cfg.get(key, "").splitlines() if line.strip()]


setup(
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    author=cfg["author"],
    license="Apache-2.0",
    python_requires=f">={cfg['min_python']}",
    packages=[*find_namespace_packages(include=["mlops_lab", "mlops_lab.*"]), "mlops_lab.datasets"],
    package_dir={"mlops_lab.datasets": "datasets"},
    package_data={"mlops_lab.datasets": ["*", "scenarios/*"], "": ["static/*", "templates/*"]},
    install_requires=lines("requirements"),
    extras_require={"dev": lines("dev_requirements"), "pmml": lines("pmml_requirements")},
    entry_points={
        "console_scripts": lines("console_scripts"),
        "jupyter_client.kernel_provisioners": lines("kernel_provisioners"),
    },
)

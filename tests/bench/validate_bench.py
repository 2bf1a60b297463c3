"""Validation of single documents: the official bundles around 20 kB, and one of each resource type of radiology."""

import importlib.util
import subprocess

import state

CONFORMANCE = state.HOUSE / "tests" / "conformance" / "fhir"
SMALL, LARGE = 15_000, 40_000
TYPES = ("Patient", "ServiceRequest", "Task", "ImagingStudy", "DiagnosticReport", "Observation")


def package():
    """The package of official examples, installed as the conformance suite does."""
    spec = importlib.util.spec_from_file_location("conformance", CONFORMANCE / "run.py")
    conformance = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conformance)
    conformance.install()
    return CONFORMANCE / "node_modules" / "hl7.fhir.r4.examples"


def documents(folder):
    bundles = [p for p in sorted(folder.glob("Bundle-*.json")) if SMALL <= p.stat().st_size <= LARGE]
    return bundles + [next(iter(sorted(folder.glob(t + "-*.json")))) for t in TYPES]


def run(s, options):
    subprocess.run([s.program("validate"), *documents(package())], check=True)
    print("goal: form and invariants of a bundle of 20 kB under 1 ms")

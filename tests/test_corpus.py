"""Right and wrong submissions to the real labs earn what they should; a lab without a corpus is named."""

from pathlib import Path

import pytest

from mlops_lab.course.grading import find_labs
from mlops_lab.course.judgement.workplaces import Options
from mlops_lab.course.source.corpus import read_corpus
from mlops_lab.course.trials import try_corpus

ROOT = Path(__file__).resolve().parent.parent
LABS = find_labs(ROOT / "solutions")
CASES = read_corpus(Path(__file__).parent / "corpus", LABS)


@pytest.mark.parametrize("lab", LABS)
def test_every_exercise_has_three_wrong_submissions_and_a_right_one(lab):
    for exercise in LABS[lab].exercises:
        mine = [c.right for c in CASES if (c.lab, c.exercise) == (lab, exercise)]
        assert mine.count(False) >= 3 and mine.count(True) >= 1, f"tests/corpus/{lab}/{exercise}.py: {mine}"


@pytest.mark.slow
@pytest.mark.timeout(2400)
@pytest.mark.parametrize("lab", LABS)
def test_a_lab_judges_its_corpus_as_it_should(lab):
    cases = [c for c in CASES if c.lab == lab]
    trial = try_corpus({lab: LABS[lab]}, cases, ROOT / "solutions", Options(jobs=2))
    assert not trial.complaints, "\n".join(trial.complaints)
    assert trial.wrong_caught >= 0.98 and trial.right_kept == 1

"""The pages of the service in a real browser: with JavaScript and without, for people and for developers."""

import os
import shutil

import pytest

from mlops_lab.level0 import formats, models
from mlops_lab.level0.events import find
from mlops_lab.level0.service.server import running

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
pytestmark = pytest.mark.skipif(not shutil.which(CHROMIUM), reason=f"NO BROWSER TESTED: there is no {CHROMIUM}")


@pytest.fixture(scope="module")
def events(tmp_path_factory):
    return tmp_path_factory.mktemp("events")


@pytest.fixture(scope="module")
def url(tmp_path_factory, events):
    folder = tmp_path_factory.mktemp("model") / "housing"
    formats.save(models.train("housing", "linear", seed=42), folder)
    with running(folder, workers=1, events=events) as service:
        yield service.url


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visit(request, browser, url):
    "A page at the form, whether there is JavaScript, and what went wrong on the way."
    context = browser.new_context(java_script_enabled=request.param)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith((url, "data:")) else wrong.append(f"asked {sent.url}"))
    page.goto(f"{url}/form")
    yield page, request.param
    context.close()
    assert not wrong


def fill(page, rm, tax, age):
    for name, text in {"rm": rm, "tax": tax, "age": age}.items():
        page.fill(f"[name={name}]", text)
    page.click("#ask button")


def test_the_form_answers_a_price_that_is_on_record(visit, url, events):
    page, javascript = visit
    fill(page, "6", "250", "66.5")
    page.wait_for_selector("#prediction")
    price, request_id = page.inner_text("#prediction"), page.inner_text("#request-id")
    assert price.startswith("$ ") and 10_000 < float(price[2:].replace(",", "")) < 50_000
    assert page.url == (f"{url}/form" if javascript else f"{url}/predict_form")
    assert find(events, request_id, "prediction")[0]["inputs"] == {"rm": 6.0, "tax": 250.0, "age": 66.5}
    assert page.locator(".bars tr").count() == 3


def test_mistakes_are_shown_at_their_fields_and_nothing_is_lost(visit):
    page, _ = visit
    fill(page, "six", "", "66.5")
    page.wait_for_selector(".error")
    assert page.locator(".error").count() == 2
    assert "Please give a number from 1 to 15" in page.locator(".field", has=page.locator("[name=rm]")).inner_text()
    assert [page.input_value(f"[name={name}]") for name in ("rm", "age")] == ["six", "66.5"]


def test_the_truth_can_be_told_on_the_page(visit, events):
    page, javascript = visit
    fill(page, "7", "300", "20")
    page.wait_for_selector("#prediction")
    request_id = page.inner_text("#request-id")
    page.fill("#label", "31.5")
    page.click(".feedback button")
    page.wait_for_selector(".feedback .thanks" if javascript else "text=Thank you")
    assert find(events, request_id, "label")[0]["label"] == 31.5


def test_the_manual_sends_what_one_tries(browser, url):
    page = browser.new_page()
    page.goto(f"{url}/docs")
    page.fill("#op-predict_json textarea", '["six", 250, 66.5]')
    page.click("#op-predict_json .try button")
    page.wait_for_selector("#op-predict_json output pre")
    assert page.inner_text("#op-predict_json output h3").startswith("422")
    page.close()

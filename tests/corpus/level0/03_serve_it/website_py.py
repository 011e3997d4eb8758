#| wrong ids-without-names says="no field has that name"
# As in Jonas's page: the script took them by id.
"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    return render_template_string(
        '<form method="post" action="/predict_form">'
        "{% for key, label in labels.items() %}"
        '<label for="{{ key }}">{{ label }}</label>'
        '<input id="{{ key }}" inputmode="decimal" required value="{{ typed.get(key, "") }}">'
        "{% endfor %}<button>Tell me</button></form>",
        labels=LABELS,
        typed=typed,
    )


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    try:
        return page(typed, price=price_for({key: number(text) for key, text in typed.items()}))
    except Refused as e:
        return page(typed, problem=str(e)), 400
    except Held:
        return page(typed, problem="The model has no sensible price for such a home."), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong get-instead-of-post says="Pressing the button" earned<1.5
# A form without a method asks with GET.
"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    return render_template_string(
        '<form action="/predict_form">'
        "{% for key, label in labels.items() %}"
        '<label for="{{ key }}">{{ label }}</label>'
        '<input id="{{ key }}" name="{{ key }}" inputmode="decimal" required value="{{ typed.get(key, "") }}">'
        "{% endfor %}<button>Tell me</button></form>",
        labels=LABELS,
        typed=typed,
    )


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    try:
        return page(typed, price=price_for({key: number(text) for key, text in typed.items()}))
    except Refused as e:
        return page(typed, problem=str(e)), 400
    except Held:
        return page(typed, problem="The model has no sensible price for such a home."), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong posts-to-itself says="Pressing the button" earned<1.5
# No action: the browser posts to /form.
"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    return render_template_string(
        '<form method="post">'
        "{% for key, label in labels.items() %}"
        '<label for="{{ key }}">{{ label }}</label>'
        '<input id="{{ key }}" name="{{ key }}" inputmode="decimal" required value="{{ typed.get(key, "") }}">'
        "{% endfor %}<button>Tell me</button></form>",
        labels=LABELS,
        typed=typed,
    )


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    try:
        return page(typed, price=price_for({key: number(text) for key, text in typed.items()}))
    except Refused as e:
        return page(typed, problem=str(e)), 400
    except Held:
        return page(typed, problem="The model has no sensible price for such a home."), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong sends-to-predict-json says="Pressing the button" earned<1.5
# The JSON path does not read forms.
"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    return render_template_string(
        '<form method="post" action="/predict_json">'
        "{% for key, label in labels.items() %}"
        '<label for="{{ key }}">{{ label }}</label>'
        '<input id="{{ key }}" name="{{ key }}" inputmode="decimal" required value="{{ typed.get(key, "") }}">'
        "{% endfor %}<button>Tell me</button></form>",
        labels=LABELS,
        typed=typed,
    )


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    try:
        return page(typed, price=price_for({key: number(text) for key, text in typed.items()}))
    except Refused as e:
        return page(typed, problem=str(e)), 400
    except Held:
        return page(typed, problem="The model has no sensible price for such a home."), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong script-injection earned=2.5 says="harmless"
# An f-string.
"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    rows = "".join(
        f'<label for="{key}">{label}</label><input id="{key}" name="{key}" value="{typed.get(key, "")}">'
        for key, label in LABELS.items()
    )
    return f'<form method="post" action="/predict_form">{rows}<button>Tell me</button></form>'


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    try:
        return page(typed, price=price_for({key: number(text) for key, text in typed.items()}))
    except Refused as e:
        return page(typed, problem=str(e)), 400
    except Held:
        return page(typed, problem="The model has no sensible price for such a home."), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong forgets-what-was-typed earned=2.5 says="what was typed"
# Shows an empty form after a mistake.
"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    return render_template_string(
        '<form method="post" action="/predict_form">'
        "{% for key, label in labels.items() %}"
        '<label for="{{ key }}">{{ label }}</label>'
        '<input id="{{ key }}" name="{{ key }}" inputmode="decimal" required value="">'
        "{% endfor %}<button>Tell me</button></form>",
        labels=LABELS,
        typed=typed,
    )


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    try:
        return page(typed, price=price_for({key: number(text) for key, text in typed.items()}))
    except Refused as e:
        return page(typed, problem=str(e)), 400
    except Held:
        return page(typed, problem="The model has no sensible price for such a home."), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong problem-with-200 earned=2.5 says="expected 400 and 500"
# Says what is wrong, with the status of a yes.
"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    return render_template_string(
        '<form method="post" action="/predict_form">'
        "{% for key, label in labels.items() %}"
        '<label for="{{ key }}">{{ label }}</label>'
        '<input id="{{ key }}" name="{{ key }}" inputmode="decimal" required value="{{ typed.get(key, "") }}">'
        "{% endfor %}<button>Tell me</button></form>",
        labels=LABELS,
        typed=typed,
    )


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    try:
        return page(typed, price=price_for({key: number(text) for key, text in typed.items()}))
    except Refused as e:
        return page(typed, problem=str(e))
    except Held:
        return page(typed, problem="The model has no sensible price for such a home."), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong texts-are-not-made-numbers earned<2 says="Pressing the button"
# price_for gets texts and refuses them.
"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    return render_template_string(
        '<form method="post" action="/predict_form">'
        "{% for key, label in labels.items() %}"
        '<label for="{{ key }}">{{ label }}</label>'
        '<input id="{{ key }}" name="{{ key }}" inputmode="decimal" required value="{{ typed.get(key, "") }}">'
        "{% endfor %}<button>Tell me</button></form>",
        labels=LABELS,
        typed=typed,
    )


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    try:
        return page(typed, price=price_for({key: text for key, text in typed.items()}))
    except Refused as e:
        return page(typed, problem=str(e)), 400
    except Held:
        return page(typed, problem="The model has no sensible price for such a home."), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong crashes-on-a-mistake earned<2.5 says="crashed"
# No except.
"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    return render_template_string(
        '<form method="post" action="/predict_form">'
        "{% for key, label in labels.items() %}"
        '<label for="{{ key }}">{{ label }}</label>'
        '<input id="{{ key }}" name="{{ key }}" inputmode="decimal" required value="{{ typed.get(key, "") }}">'
        "{% endfor %}<button>Tell me</button></form>",
        labels=LABELS,
        typed=typed,
    )


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    return page(typed, price=price_for({key: number(text) for key, text in typed.items()}))


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| right fields-written-out
# No loop, label around the input is left out, escape by hand.
from markupsafe import escape

"The whole price service, for programs and for people: python website.py"
import os

from flask import render_template_string, request

from app import app, price_for
from rules import Held, Refused

LABELS = {"rm": "Rooms per home", "tax": "Property tax ($ per 10,000 $)", "age": "Homes built before 1940 (%)"}
FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home prices</title>
<style>
body {font: 17px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 1.5rem auto; padding: 0 1rem; color: #222}
label {display: block; margin-top: .8rem} input, button {font: inherit; width: 100%; box-sizing: border-box; padding: .45rem}
button {margin-top: 1.2rem; background: #2f6fb0; color: white; border: 0; border-radius: 4px}
.price {font-size: 1.6rem; font-weight: 600} .problem {color: #b3343a}
</style>
<h1>What does a home cost there?</h1>
{{ form | safe }}
{% if price is not none %}<p class="price">{{ "{:,.0f}".format(price * 1000) }} $</p>{% endif %}
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}</html>"""


def form_html(typed):
    "The form, with what was typed before."
    html = "<form action='predict_form' method='POST'>"
    for key in ("rm", "tax", "age"):
        html += f"<p><label for='in-{key}'>{escape(LABELS[key])}</label> "
        html += f"<input type='text' id='in-{key}' name='{key}' value='{escape(typed.get(key, ''))}'></p>"
    return html + "<input type='submit' value='Go'></form>"


def page(typed, price=None, problem=None):
    "The page, with a price (1000 $) or a problem (text)."
    return render_template_string(FRAME, form=form_html(typed), price=price, problem=problem)


def number(text):
    "A number where the text is one, else the text."
    try:
        return float(text)
    except ValueError:
        return text


@app.get("/form")
def form():
    "An empty form."
    return page({})


@app.post("/predict_form")
def predict_form():
    "What the browser sends when the button is pressed."
    typed = request.form.to_dict()
    numbers = {}
    for key in typed:
        numbers[key] = number(typed[key])
    try:
        return page(typed, price=price_for(numbers))
    except Refused as e:
        return page(typed, problem=str(e)), 400
    except Held:
        return page(typed, problem="The model has no sensible price for such a home."), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

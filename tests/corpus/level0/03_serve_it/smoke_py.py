#| wrong only-the-status earned=1.5 says="no number"
# 200 means fine.
"Is the service at this address any good?  python smoke.py http://127.0.0.1:5000"
import json
import sys
import urllib.error
import urllib.request


def ask(url, body):
    "Send a body as JSON: (status, answer as a dict). Status 0: nobody answers."
    call = urllib.request.Request(url + "/predict_json", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=5) as reply:
            status, text = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except OSError as error:
        return 0, {"error": str(error)}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def smoke(url):
    "What is wrong with the service: sentences, none when it's fine."
    wrong = []
    status, answer = ask(url, [6, 250, 66.5])
    if status != 200:
        wrong.append(f"status {status}")
    status, answer = ask(url, ["six", 250, 66.5])
    if status == 200:
        wrong.append("six rooms got a price")
    return wrong


if __name__ == "__main__":
    found = smoke(sys.argv[1].rstrip("/"))
    print("\n".join(found) or "no smoke")
    sys.exit(1 if found else 0)

#| wrong this-exact-price says="wide enough"
# Asks for the price of today's model.
"Is the service at this address any good?  python smoke.py http://127.0.0.1:5000"
import json
import sys
import urllib.error
import urllib.request


def ask(url, body):
    "Send a body as JSON: (status, answer as a dict). Status 0: nobody answers."
    call = urllib.request.Request(url + "/predict_json", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=5) as reply:
            status, text = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except OSError as error:
        return 0, {"error": str(error)}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def smoke(url):
    "What is wrong with the service: sentences, none when it's fine."
    wrong = []
    prices = []
    for body in ([6, 250, 66.5], [7.5, 250, 66.5]):
        status, answer = ask(url, body)
        value = answer.get("prediction")
        if status != 200:
            wrong.append(f"{body} got status {status}: {answer}")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            wrong.append(f"{body} got no number: {answer}")
        elif body[0] == 6 and abs(value - 25.0021) > 0.01:
            wrong.append(f"{body} got {value}, which is no price in 1000 $")
        else:
            prices.append(value)
    if len(prices) == 2 and prices[0] >= prices[1]:
        wrong.append(f"more rooms should cost more: {prices}")
    status, answer = ask(url, ["six", 250, 66.5])
    if not 400 <= status < 500:
        wrong.append(f"six rooms as text got status {status}: {answer}")
    return wrong


if __name__ == "__main__":
    found = smoke(sys.argv[1].rstrip("/"))
    print("\n".join(found) or "no smoke")
    sys.exit(1 if found else 0)

#| wrong never-tries-a-bad-request earned=2.5 says="no doorman"
# Only good requests.
"Is the service at this address any good?  python smoke.py http://127.0.0.1:5000"
import json
import sys
import urllib.error
import urllib.request


def ask(url, body):
    "Send a body as JSON: (status, answer as a dict). Status 0: nobody answers."
    call = urllib.request.Request(url + "/predict_json", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=5) as reply:
            status, text = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except OSError as error:
        return 0, {"error": str(error)}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def smoke(url):
    "What is wrong with the service: sentences, none when it's fine."
    wrong = []
    prices = []
    for body in ([6, 250, 66.5], [7.5, 250, 66.5]):
        status, answer = ask(url, body)
        value = answer.get("prediction")
        if status != 200:
            wrong.append(f"{body} got status {status}: {answer}")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            wrong.append(f"{body} got no number: {answer}")
        elif not 10 < value < 70:
            wrong.append(f"{body} got {value}, which is no price in 1000 $")
        else:
            prices.append(value)
    if len(prices) == 2 and prices[0] >= prices[1]:
        wrong.append(f"more rooms should cost more: {prices}")
    status, answer = ask(url, ["six", 250, 66.5])
    return wrong


if __name__ == "__main__":
    found = smoke(sys.argv[1].rstrip("/"))
    print("\n".join(found) or "no smoke")
    sys.exit(1 if found else 0)

#| wrong one-home-only earned=2.5 says="stuck"
# A single price looks fine.
"Is the service at this address any good?  python smoke.py http://127.0.0.1:5000"
import json
import sys
import urllib.error
import urllib.request


def ask(url, body):
    "Send a body as JSON: (status, answer as a dict). Status 0: nobody answers."
    call = urllib.request.Request(url + "/predict_json", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=5) as reply:
            status, text = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except OSError as error:
        return 0, {"error": str(error)}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def smoke(url):
    "What is wrong with the service: sentences, none when it's fine."
    wrong = []
    prices = []
    for body in ([6, 250, 66.5], [7.5, 250, 66.5]):
        status, answer = ask(url, body)
        value = answer.get("prediction")
        if status != 200:
            wrong.append(f"{body} got status {status}: {answer}")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            wrong.append(f"{body} got no number: {answer}")
        elif not 10 < value < 70:
            wrong.append(f"{body} got {value}, which is no price in 1000 $")
        else:
            prices.append(value)
    status, answer = ask(url, ["six", 250, 66.5])
    if not 400 <= status < 500:
        wrong.append(f"six rooms as text got status {status}: {answer}")
    return wrong


if __name__ == "__main__":
    found = smoke(sys.argv[1].rstrip("/"))
    print("\n".join(found) or "no smoke")
    sys.exit(1 if found else 0)

#| wrong exception-on-no-number earned<3 says="exception instead of a sentence"
# Compares None with a number.
"Is the service at this address any good?  python smoke.py http://127.0.0.1:5000"
import json
import sys
import urllib.error
import urllib.request


def ask(url, body):
    "Send a body as JSON: (status, answer as a dict). Status 0: nobody answers."
    call = urllib.request.Request(url + "/predict_json", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=5) as reply:
            status, text = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except OSError as error:
        return 0, {"error": str(error)}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def smoke(url):
    "What is wrong with the service: sentences, none when it's fine."
    wrong = []
    prices = []
    for body in ([6, 250, 66.5], [7.5, 250, 66.5]):
        status, answer = ask(url, body)
        value = answer.get("prediction")
        if status != 200:
            wrong.append(f"{body} got status {status}: {answer}")
        elif not 10 < value < 70:
            wrong.append(f"{body} got {value}, which is no price in 1000 $")
        else:
            prices.append(value)
    if len(prices) == 2 and prices[0] >= prices[1]:
        wrong.append(f"more rooms should cost more: {prices}")
    status, answer = ask(url, ["six", 250, 66.5])
    if not 400 <= status < 500:
        wrong.append(f"six rooms as text got status {status}: {answer}")
    return wrong


if __name__ == "__main__":
    found = smoke(sys.argv[1].rstrip("/"))
    print("\n".join(found) or "no smoke")
    sys.exit(1 if found else 0)

#| wrong always-complains says="a good service"
# Any 400 counts as a failure, also the right one.
"Is the service at this address any good?  python smoke.py http://127.0.0.1:5000"
import json
import sys
import urllib.error
import urllib.request


def ask(url, body):
    "Send a body as JSON: (status, answer as a dict). Status 0: nobody answers."
    call = urllib.request.Request(url + "/predict_json", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=5) as reply:
            status, text = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except OSError as error:
        return 0, {"error": str(error)}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def smoke(url):
    "What is wrong with the service: sentences, none when it's fine."
    wrong = []
    prices = []
    for body in ([6, 250, 66.5], [7.5, 250, 66.5]):
        status, answer = ask(url, body)
        value = answer.get("prediction")
        if status != 200:
            wrong.append(f"{body} got status {status}: {answer}")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            wrong.append(f"{body} got no number: {answer}")
        elif not 10 < value < 70:
            wrong.append(f"{body} got {value}, which is no price in 1000 $")
        else:
            prices.append(value)
    if len(prices) == 2 and prices[0] >= prices[1]:
        wrong.append(f"more rooms should cost more: {prices}")
    status, answer = ask(url, ["six", 250, 66.5])
    if status != 200:
        wrong.append(f"six rooms as text got status {status}: {answer}")
    return wrong


if __name__ == "__main__":
    found = smoke(sys.argv[1].rstrip("/"))
    print("\n".join(found) or "no smoke")
    sys.exit(1 if found else 0)

#| wrong exit-code-forgotten says="passed as good"
# Prints what is wrong and ends with 0.
"Is the service at this address any good?  python smoke.py http://127.0.0.1:5000"
import json
import sys
import urllib.error
import urllib.request


def ask(url, body):
    "Send a body as JSON: (status, answer as a dict). Status 0: nobody answers."
    call = urllib.request.Request(url + "/predict_json", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=5) as reply:
            status, text = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except OSError as error:
        return 0, {"error": str(error)}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def smoke(url):
    "What is wrong with the service: sentences, none when it's fine."
    wrong = []
    prices = []
    for body in ([6, 250, 66.5], [7.5, 250, 66.5]):
        status, answer = ask(url, body)
        value = answer.get("prediction")
        if status != 200:
            wrong.append(f"{body} got status {status}: {answer}")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            wrong.append(f"{body} got no number: {answer}")
        elif not 10 < value < 70:
            wrong.append(f"{body} got {value}, which is no price in 1000 $")
        else:
            prices.append(value)
    if len(prices) == 2 and prices[0] >= prices[1]:
        wrong.append(f"more rooms should cost more: {prices}")
    status, answer = ask(url, ["six", 250, 66.5])
    if not 400 <= status < 500:
        wrong.append(f"six rooms as text got status {status}: {answer}")
    return wrong


if __name__ == "__main__":
    found = smoke(sys.argv[1].rstrip("/"))
    print("\n".join(found) or "no smoke")
    sys.exit(0)

#| wrong looks-at-success-only earned<2.5 says="passed as good"
# Believes what the service says of itself.
"Is the service at this address any good?  python smoke.py http://127.0.0.1:5000"
import json
import sys
import urllib.error
import urllib.request


def ask(url, body):
    "Send a body as JSON: (status, answer as a dict). Status 0: nobody answers."
    call = urllib.request.Request(url + "/predict_json", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=5) as reply:
            status, text = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except OSError as error:
        return 0, {"error": str(error)}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def smoke(url):
    "What is wrong with the service: sentences, none when it's fine."
    wrong = []
    status, answer = ask(url, [6, 250, 66.5])
    if not answer.get("success"):
        wrong.append("no success")
    return wrong


if __name__ == "__main__":
    found = smoke(sys.argv[1].rstrip("/"))
    print("\n".join(found) or "no smoke")
    sys.exit(1 if found else 0)

#| right with-assertions
# One assertion per line, each becomes a sentence.
"Is the service at this address any good?  python smoke.py http://127.0.0.1:5000"
import json
import sys
import urllib.error
import urllib.request


def ask(url, body):
    "Send a body as JSON: (status, answer as a dict). Status 0: nobody answers."
    call = urllib.request.Request(url + "/predict_json", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=5) as reply:
            status, text = reply.status, reply.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    except OSError as error:
        return 0, {"error": str(error)}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def smoke(url):
    "What is wrong with the service: sentences, none when it's fine."
    wrong = []
    def price_of(body):
        status, answer = ask(url, body)
        assert status == 200, f"status {status}"
        assert type(answer.get("prediction")) in (int, float), "no number"
        return answer["prediction"]

    try:
        cheap, dear = price_of({"rm": 5, "tax": 400, "age": 90}), price_of({"rm": 7, "tax": 250, "age": 20})
        assert 5 < cheap < dear < 100, f"{cheap} and {dear} are no prices"
        assert ask(url, [6, None, 66.5])[0] in (400, 422), "None got in"
    except AssertionError as e:
        wrong.append(str(e))
    return wrong


if __name__ == "__main__":
    found = smoke(sys.argv[1].rstrip("/"))
    print("\n".join(found) or "no smoke")
    sys.exit(1 if found else 0)

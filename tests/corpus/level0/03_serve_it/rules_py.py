#| wrong nan-slips-through earned=3.5 says="ask whether it lies inside"
# Too small or too large: NaN is neither.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    for name in body:
        if name not in FIELDS:
            raise Refused(str(name)[:40], f"there is no such field; there are {', '.join(FIELDS)}")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused(name, f"expected a number, found {str(value)[:40]!r}")
        if value < low or value > high:
            raise Refused(name, f"expected {low} to {high}, found {str(value)[:40]}")
        row.append(float(value))
    return row


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    if not lowest <= price <= highest:
        raise Held("the model has no plausible price for such a home")
    return float(price)

#| wrong true-is-a-number earned=3 says="True"
# bool is a kind of int.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    for name in body:
        if name not in FIELDS:
            raise Refused(str(name)[:40], f"there is no such field; there are {', '.join(FIELDS)}")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if not isinstance(value, (int, float)):
            raise Refused(name, f"expected a number, found {str(value)[:40]!r}")
        if not low <= value <= high:  # NaN is neither above nor below anything
            raise Refused(name, f"expected {low} to {high}, found {str(value)[:40]}")
        row.append(float(value))
    return row


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    if not lowest <= price <= highest:
        raise Held("the model has no plausible price for such a home")
    return float(price)

#| wrong texts-are-converted earned=3 says="type before you compare"
# float("6") works, float(True) too, and float("six") raises something else.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    for name in body:
        if name not in FIELDS:
            raise Refused(str(name)[:40], f"there is no such field; there are {', '.join(FIELDS)}")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if value is None:
            raise Refused(name, "is missing")
        value = float(value)
        if not low <= value <= high:  # NaN is neither above nor below anything
            raise Refused(name, f"expected {low} to {high}, found {str(value)[:40]}")
        row.append(float(value))
    return row


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    if not lowest <= price <= highest:
        raise Held("the model has no plausible price for such a home")
    return float(price)

#| wrong zero-is-missing earned=3.5 says="0 is a number"
# if not value.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    for name in body:
        if name not in FIELDS:
            raise Refused(str(name)[:40], f"there is no such field; there are {', '.join(FIELDS)}")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if not value or isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused(name, f"expected a number, found {str(value)[:40]!r}")
        if not low <= value <= high:  # NaN is neither above nor below anything
            raise Refused(name, f"expected {low} to {high}, found {str(value)[:40]}")
        row.append(float(value))
    return row


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    if not lowest <= price <= highest:
        raise Held("the model has no plausible price for such a home")
    return float(price)

#| wrong unknown-fields-welcome earned=3.5 says="an unknown field"
# Takes what it knows and looks at nothing else.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused(name, f"expected a number, found {str(value)[:40]!r}")
        if not low <= value <= high:  # NaN is neither above nor below anything
            raise Refused(name, f"expected {low} to {high}, found {str(value)[:40]}")
        row.append(float(value))
    return row


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    if not lowest <= price <= highest:
        raise Held("the model has no plausible price for such a home")
    return float(price)

#| wrong names-no-field earned=1.5 says="naming"
# One message for everything.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    for name in body:
        if name not in FIELDS:
            raise Refused(str(name)[:40], f"there is no such field; there are {', '.join(FIELDS)}")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused("body", f"expected a number, found {str(value)[:40]!r}")
        if not low <= value <= high:  # NaN is neither above nor below anything
            raise Refused("body", f"expected {low} to {high}, found {str(value)[:40]}")
        row.append(float(value))
    return row


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    if not lowest <= price <= highest:
        raise Held("the model has no plausible price for such a home")
    return float(price)

#| wrong order-of-the-caller earned=3.5 says="order of FIELDS"
# Takes the values of an object as they come.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    for name in body:
        if name not in FIELDS:
            raise Refused(str(name)[:40], f"there is no such field; there are {', '.join(FIELDS)}")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused(name, f"expected a number, found {str(value)[:40]!r}")
        if not low <= value <= high:  # NaN is neither above nor below anything
            raise Refused(name, f"expected {low} to {high}, found {str(value)[:40]}")
    return [float(value) for value in body.values()]


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    if not lowest <= price <= highest:
        raise Held("the model has no plausible price for such a home")
    return float(price)

#| wrong only-negative-prices-are-held earned=3 says="6.6 to 91.2"
# Zero and a million are no prices either.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    for name in body:
        if name not in FIELDS:
            raise Refused(str(name)[:40], f"there is no such field; there are {', '.join(FIELDS)}")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused(name, f"expected a number, found {str(value)[:40]!r}")
        if not low <= value <= high:  # NaN is neither above nor below anything
            raise Refused(name, f"expected {low} to {high}, found {str(value)[:40]}")
        row.append(float(value))
    return row


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    if price < 0:
        raise Held("the model has no plausible price for such a home")
    return float(price)

#| wrong prices-are-clipped earned=3 says="6.6 to 91.2"
# Makes a plausible price of any other.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    for name in body:
        if name not in FIELDS:
            raise Refused(str(name)[:40], f"there is no such field; there are {', '.join(FIELDS)}")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused(name, f"expected a number, found {str(value)[:40]!r}")
        if not low <= value <= high:  # NaN is neither above nor below anything
            raise Refused(name, f"expected {low} to {high}, found {str(value)[:40]}")
        row.append(float(value))
    return row


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    return float(min(max(price, lowest), highest))

#| wrong returns-false-instead says="returned False" earned=1.5
# Says no with a value instead of an exception.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    for name in body:
        if name not in FIELDS:
            raise Refused(str(name)[:40], f"there is no such field; there are {', '.join(FIELDS)}")
    row = []
    for name, (low, high) in FIELDS.items():
        value = body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if not low <= value <= high:  # NaN is neither above nor below anything
            return False
        row.append(float(value))
    return row


def check_price(price):
    "A price that may leave."
    lowest, highest = LEARNED[0] / 2, 1.5 * LEARNED[1]
    if not lowest <= price <= highest:
        raise Held("the model has no plausible price for such a home")
    return float(price)

#| wrong never-begun
# As released.
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    raise NotImplementedError("rules_py: refuse what is wrong")


def check_price(price):
    "A price that may leave."
    raise NotImplementedError("rules_py: return or raise")

#| right with-math-and-sets
# Another way to ask the same.
import math
"What the service lets in, and what it lets out."
FIELDS = {"rm": (1, 15), "tax": (0, 2000), "age": (0, 100)}  # name: lowest and highest possible value
LEARNED = (13.2, 60.8)  # cheapest and dearest price that the model learned from, 1000 $


class Refused(ValueError):
    "The request is wrong."

    def __init__(self, field, why):
        super().__init__(f"{field}: {why}")
        self.field = field


class Held(ValueError):
    "The model's answer is wrong."


def check_request(body):
    "The three numbers of a request."
    if isinstance(body, list) and len(body) == len(FIELDS):
        body = dict(zip(FIELDS, body))
    if not isinstance(body, dict):
        raise Refused("body", f"expected {', '.join(FIELDS)} as a list of three numbers or as an object")
    if extra := sorted(map(str, set(body) - set(FIELDS))):
        raise Refused(extra[0], "unknown")
    for key in FIELDS:
        if key not in body:
            raise Refused(key, "missing")
        if type(body[key]) not in (int, float) or not math.isfinite(body[key]):
            raise Refused(key, f"{body[key]!r} is no number")
        if body[key] < FIELDS[key][0] or body[key] > FIELDS[key][1]:
            raise Refused(key, "out of range")
    return [float(body[key]) for key in FIELDS]


def check_price(price):
    "A price that may leave."
    if math.isnan(price) or price < 6.6 or price > 91.2:
        raise Held("the model has no plausible price for such a home")
    return float(price)

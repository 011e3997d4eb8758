#| wrong forgets-the-broken-ones earned=2 says="rows after 70 requests"
class PriceService:
    def __init__(self, model):
        self.model, self.day = model, 0
        self.predictions, self.known = [], []

    def predict(self, requests):
        prices = []
        for r in requests:
            row = {f: r["inputs"].get(f) for f in FEATURES}
            if any(v is None for v in row.values()):
                prices.append(None)
                continue
            price = float(self.model.predict(np.array([[row[f] for f in FEATURES]]))[0])
            self.predictions.append({"day": self.day, "request_id": r["request_id"], **row, "price": price})
            prices.append(price)
        return prices

    def labels(self, batch):
        for x in batch:
            self.known.append({"day": self.day, **x})

    def end_of_day(self, day):
        self.day = day + 1

#| wrong never-turns-the-page earned=1 says="the wrong day"
class PriceService:
    def __init__(self, model):
        self.model, self.day = model, 0
        self.predictions, self.known = [], []

    def predict(self, requests):
        prices = []
        for r in requests:
            row = {f: r["inputs"].get(f) for f in FEATURES}
            whole = all(v is not None for v in row.values())
            price = float(self.model.predict(np.array([[row[f] for f in FEATURES]]))[0]) if whole else None
            self.predictions.append({"day": self.day, "request_id": r["request_id"], **row, "price": price})
            prices.append(price)
        return prices

    def labels(self, batch):
        self.known += [{"day": self.day, **x} for x in batch]

    def end_of_day(self, day):
        pass

#| wrong drops-broken-requests-from-the-answer earned=1 says="70 requests got"
class PriceService:
    def __init__(self, model):
        self.model, self.day = model, 0
        self.predictions, self.known = [], []

    def predict(self, requests):
        table = pd.DataFrame([{"request_id": r["request_id"], **r["inputs"]} for r in requests]).dropna()
        table["price"] = self.model.predict(table[FEATURES].to_numpy())
        self.predictions += table.assign(day=self.day).to_dict("records")
        return table["price"].tolist()

    def labels(self, batch):
        self.known += [{"day": self.day, **x} for x in batch]

    def end_of_day(self, day):
        self.day = day + 1

#| wrong fails-on-a-missing-field
class PriceService:
    def __init__(self, model):
        self.model, self.day = model, 0
        self.predictions, self.known = [], []

    def predict(self, requests):
        prices = []
        for r in requests:
            row = [r["inputs"][f] for f in FEATURES]
            price = float(self.model.predict(np.array([row]))[0])
            self.predictions.append({"day": self.day, "request_id": r["request_id"], "price": price})
            prices.append(price)
        return prices

    def labels(self, batch):
        self.known += [{"day": self.day, **x} for x in batch]

    def end_of_day(self, day):
        self.day = day + 1

#| right one-at-a-time
class PriceService:
    def __init__(self, model):
        self.model, self.day = model, 0
        self.predictions, self.known = [], []

    def price(self, inputs):
        values = [inputs.get(f) for f in FEATURES]
        if None in values:
            return None
        return float(self.model.predict([values])[0])

    def predict(self, requests):
        out = []
        for r in requests:
            p = self.price(r["inputs"])
            self.predictions.append(dict(r["inputs"], day=self.day, request_id=r["request_id"], price=p))
            out.append(p)
        return out

    def labels(self, batch):
        for x in batch:
            self.known.append(dict(x, day=self.day))

    def end_of_day(self, day):
        self.day += 1

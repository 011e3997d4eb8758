# What the cases of other exercises get instead of half a year: somebody presses stop after the first evening.
#| cell price_service
class PriceService:
    def __init__(self, model):
        self.model, self.day = model, 0
        self.predictions, self.known = [], []

    def predict(self, requests):
        self.predictions += [{"day": 0, "request_id": r["request_id"], **r["inputs"], "price": 22.0} for r in requests]
        return [22.0] * len(requests)

    def labels(self, batch):
        pass

    def end_of_day(self, day):
        if len(self.predictions) > 100:
            raise KeyboardInterrupt

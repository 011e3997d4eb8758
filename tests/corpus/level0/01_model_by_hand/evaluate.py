#| wrong tests-on-the-training-rows says="had been trained on"
def evaluate(fit, houses, seeds):
    errors = []
    for seed in seeds:
        train, test = split_houses(houses, seed)
        model = fit(train, seed)
        missed = train["medv"].to_numpy() - prices(model, train)
        errors.append(float(np.sqrt(np.mean(missed**2))))
    return {"errors": errors, "mean": float(np.mean(errors)), "worst": max(errors)}

#| wrong fits-on-everything says="had been trained on"
def evaluate(fit, houses, seeds):
    errors = []
    for seed in seeds:
        train, test = split_houses(houses, seed)
        model = fit(houses, seed)
        missed = test["medv"].to_numpy() - prices(model, test)
        errors.append(float(np.sqrt(np.mean(missed**2))))
    return {"errors": errors, "mean": float(np.mean(errors)), "worst": max(errors)}

#| wrong one-split-for-all-seeds earned=3 says="three different splits"
def evaluate(fit, houses, seeds):
    train, test = split_houses(houses, 42)
    errors = []
    for seed in seeds:
        missed = test["medv"].to_numpy() - prices(fit(train, seed), test)
        errors.append(float(np.sqrt(np.mean(missed**2))))
    return {"errors": errors, "mean": float(np.mean(errors)), "worst": max(errors)}

#| wrong no-root earned=2 says="the root is missing"
def evaluate(fit, houses, seeds):
    errors = []
    for seed in seeds:
        train, test = split_houses(houses, seed)
        missed = test["medv"].to_numpy() - prices(fit(train, seed), test)
        errors.append(float(np.mean(missed**2)))
    return {"errors": errors, "mean": float(np.mean(errors)), "worst": max(errors)}

#| wrong absolute-error earned=2 says="mean absolute error"
def evaluate(fit, houses, seeds):
    errors = []
    for seed in seeds:
        train, test = split_houses(houses, seed)
        errors.append(float(np.abs(test["medv"].to_numpy() - prices(fit(train, seed), test)).mean()))
    return {"errors": errors, "mean": float(np.mean(errors)), "worst": max(errors)}

#| wrong worst-is-the-smallest earned=3 says="its largest entry"
def evaluate(fit, houses, seeds):
    errors = []
    for seed in seeds:
        train, test = split_houses(houses, seed)
        missed = test["medv"].to_numpy() - prices(fit(train, seed), test)
        errors.append(float(np.sqrt(np.mean(missed**2))))
    return {"errors": errors, "mean": float(np.mean(errors)), "worst": min(errors)}

#| wrong column-minus-row earned=2 says="both flat"
def evaluate(fit, houses, seeds):
    errors = []
    for seed in seeds:
        train, test = split_houses(houses, seed)
        missed = test[["medv"]].to_numpy() - prices(fit(train, seed), test)
        errors.append(float(np.sqrt(np.mean(missed**2))))
    return {"errors": errors, "mean": float(np.mean(errors)), "worst": max(errors)}

#| wrong a-single-number says="should return a dict"
def evaluate(fit, houses, seeds):
    errors = []
    for seed in seeds:
        train, test = split_houses(houses, seed)
        errors.append(np.sqrt(np.mean((test["medv"] - prices(fit(train, seed), test)) ** 2)))
    return np.mean(errors)

#| wrong fits-with-the-global-function says="was called 0 time"
def evaluate(fit, houses, seeds):
    errors = []
    for seed in seeds:
        train, test = split_houses(houses, seed)
        missed = test["medv"].to_numpy() - prices(fit_pipeline(train, seed), test)
        errors.append(float(np.sqrt(np.mean(missed**2))))
    return {"errors": errors, "mean": float(np.mean(errors)), "worst": max(errors)}

#| right with-scikit-learn-metrics
def evaluate(fit_function, table, seeds):
    from sklearn.metrics import root_mean_squared_error

    found = []
    for s in seeds:
        learn, drawer = train_test_split(table, test_size=0.25, random_state=s)
        found += [root_mean_squared_error(drawer["medv"], prices(fit_function(learn, s), drawer))]
    return dict(errors=found, mean=np.mean(found), worst=np.max(found))

#| right arrays-and-a-helper
def rmse(model, table):
    return np.linalg.norm(table["medv"].to_numpy() - np.ravel(prices(model, table))) / np.sqrt(len(table))


def evaluate(fit, houses, seeds):
    splits = [(seed, *split_houses(houses, seed)) for seed in seeds]
    errors = np.array([rmse(fit(train, seed=seed), test) for seed, train, test in splits])
    return {"errors": errors, "mean": errors.mean(), "worst": errors.max(), "seeds": list(seeds)}

# What the cases of other exercises get instead of training a network.
#| cell fit_keras
def fit_keras(train, seed, epochs=20):
    return LinearRegression().fit(train[FEATURES], train["medv"])

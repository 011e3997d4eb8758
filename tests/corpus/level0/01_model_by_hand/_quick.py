# What the cases of other exercises get instead of training a network, and the pictures that no case needs.
#| cell fit_keras
def fit_keras(train, seed, epochs=20):
    return LinearRegression().fit(train[FEATURES], train["medv"])
#| skip 'set_ylabel("price of a home'
#| skip 'jonas = fit_like_jonas(train)'
#| skip '"yours": keras_model'
#| skip '"your pipeline": pipeline}, test)'
#| skip 'class AlwaysTheMean'
#| skip 'enumerate(results.values())'
#| skip 'leaky = houses.assign'
#| skip 'for _ in range(30)'

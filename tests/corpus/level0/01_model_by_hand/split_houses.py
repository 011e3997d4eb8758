#| wrong first-rows-train-last-rows-test earned=1 says="from everywhere"
def split_houses(table, seed, test_share=0.25):
    cut = int(len(table) * (1 - test_share))
    return table.iloc[:cut], table.iloc[cut:]

#| wrong seed-is-fixed earned=2 says="Two different seeds gave the same split"
def split_houses(table, seed, test_share=0.25):
    return train_test_split(table, test_size=test_share, random_state=42)

#| wrong no-seed-at-all earned=2 says="two different splits"
def split_houses(table, seed, test_share=0.25):
    return train_test_split(table, test_size=test_share)

#| wrong test-rows-stay-in-train earned=2 says="in both tables"
def split_houses(table, seed, test_share=0.25):
    test = table.sample(frac=test_share, random_state=seed)
    return table, test

#| wrong test-comes-first earned=2 says="is `train` first"
def split_houses(table, seed, test_share=0.25):
    test = table.sample(frac=test_share, random_state=seed)
    return test, table.drop(test.index)

#| wrong share-is-ignored earned=2 says="with test_share=0.2"
def split_houses(table, seed, test_share=0.25):
    return train_test_split(table, test_size=0.25, random_state=seed)

#| wrong four-parts-like-the-tutorial says="too many values"
def split_houses(table, seed, test_share=0.25):
    return train_test_split(table[FEATURES], table["medv"], test_size=test_share, random_state=seed)

#| wrong deleted delete
#| right scikit-learn
def split_houses(table, seed, test_share=0.25):
    train, test = train_test_split(table, test_size=test_share, random_state=seed, shuffle=True)
    return train, test

#| right a-permutation-and-new-row-numbers
def split_houses(table, seed, test_share=0.25):
    order = np.random.default_rng(seed).permutation(len(table))
    n = round(len(table) * test_share)
    return table.iloc[order[n:]].reset_index(drop=True), table.iloc[order[:n]].reset_index(drop=True)

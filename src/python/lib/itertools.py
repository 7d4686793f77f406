"""Iterators over iterators."""
import operator as _operator

_missing = object()


class chain:
    def __init__(self, *iterables):
        self._rest = iter(iterables)
        self._now = iter(())

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._rest = iter(iterables)
        return made

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            item = next(self._now, _missing)
            if item is not _missing:
                return item
            self._now = iter(next(self._rest))


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    seen = []
    for item in iterable:
        yield item
        seen.append(item)
    while seen:
        yield from seen


def repeat(obj, times=None):
    if times is None:
        while True:
            yield obj
    for _ in range(times):
        yield obj


def accumulate(iterable, func=_operator.add, *, initial=None):
    iterator = iter(iterable)
    total = initial
    if initial is None:
        total = next(iterator, _missing)
        if total is _missing:
            return
    yield total
    for item in iterator:
        total = func(total, item)
        yield total


def compress(data, selectors):
    return (item for item, keep in zip(data, selectors) if keep)


def dropwhile(predicate, iterable):
    iterator = iter(iterable)
    for item in iterator:
        if not predicate(item):
            yield item
            break
    yield from iterator


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def filterfalse(predicate, iterable):
    return (item for item in iterable if not (predicate(item) if predicate else item))


def starmap(function, iterable):
    return (function(*args) for args in iterable)


def islice(iterable, *args):
    bounds = slice(*args)
    start, stop, step = bounds.start or 0, bounds.stop, bounds.step or 1
    if start < 0 or (stop is not None and stop < 0) or step < 1:
        raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")

    def run():
        index, wanted = 0, start
        if stop is not None and stop <= start:
            iterator = iter(iterable)
            while index < stop and next(iterator, _missing) is not _missing:
                index += 1
            return
        for item in iterable:
            if index == wanted:
                yield item
                wanted += step
                if stop is not None and wanted >= stop:
                    return
            index += 1
    return run()


def tee(iterable, n=2):
    iterator = iter(iterable)
    queues = [[] for _ in range(n)]

    def run(queue):
        while True:
            if not queue:
                item = next(iterator, _missing)
                if item is _missing:
                    return
                for other in queues:
                    other.append(item)
            yield queue.pop(0)
    return tuple(run(queue) for queue in queues)


def pairwise(iterable):
    iterator = iter(iterable)
    last = next(iterator, _missing)
    for item in iterator:
        yield last, item
        last = item


def batched(iterable, n):
    iterator = iter(iterable)
    while batch := tuple(islice(iterator, n)):
        yield batch


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(iterable) for iterable in iterables]
    active = len(iterators)
    while active:
        row = []
        for i, iterator in enumerate(iterators):
            item = fillvalue if iterator is None else next(iterator, _missing)
            if item is _missing:
                iterators[i] = None
                active -= 1
                item = fillvalue
            row.append(item)
        if active:
            yield tuple(row)


def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    if not all(pools):
        return
    indices = [0] * len(pools)
    while True:
        yield tuple(pool[i] for pool, i in zip(pools, indices))
        for at in reversed(range(len(pools))):
            indices[at] += 1
            if indices[at] < len(pools[at]):
                break
            indices[at] = 0
        else:
            return


def permutations(iterable, r=None):
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r

    def pick(chosen):
        if len(chosen) == r:
            yield tuple(pool[i] for i in chosen)
            return
        for i in range(n):
            if i not in chosen:
                yield from pick(chosen + [i])
    return pick([]) if r <= n else iter(())


def combinations(iterable, r):
    pool = tuple(iterable)

    def pick(start, chosen):
        if len(chosen) == r:
            yield tuple(chosen)
            return
        for i in range(start, len(pool)):
            yield from pick(i + 1, chosen + [pool[i]])
    return pick(0, [])


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)

    def pick(start, chosen):
        if len(chosen) == r:
            yield tuple(chosen)
            return
        for i in range(start, len(pool)):
            yield from pick(i, chosen + [pool[i]])
    return pick(0, [])


class groupby:
    def __init__(self, iterable, key=None):
        self._key = key if key is not None else lambda item: item
        self._items = iter(iterable)
        self._wanted = self._now = self._item = _missing

    def __iter__(self):
        return self

    def _advance(self):
        self._item = next(self._items)
        self._now = self._key(self._item)

    def __next__(self):
        while self._now is self._wanted or self._now == self._wanted:
            self._advance()
        self._wanted = self._now
        return self._now, self._group(self._wanted)

    def _group(self, wanted):
        while self._now == wanted:
            yield self._item
            try:
                self._advance()
            except StopIteration:
                self._now = self._wanted = _missing
                return

"""Money that does not fit (README 7), checked state by state: two cases of one receiving region, every order of everything.

    python3 docs/protocol/match_model.py [bank] [third] [PLANT=name]    two cases of one person, each by itself as model.py has it
    python3 docs/protocol/match_model.py plants                         plants one error after another and must find each

X and Y are booked or declined in any order, X may also be a number that nobody here knows; the money of each is remitted
whole or one short, and of Y perhaps late. What is suspended is sent back, or matched to the other case; what came back is
remitted again by the old region's staff. bank: X is of a region outside, its money comes by slips that staff register,
perhaps under the wrong case. third: a region C without a part in either case claims once, at any moment, to have sent the
whole amount of one of them, under the number that its old region uses. Messages are read in any order, one topic may overtake another. Exit code 1 when something is
wrong.
"""
import sys
from collections import deque

CASES = ('X', 'Y')
FLAGS = set(sys.argv[1:])
PLANT = ''

# World: per case (TI, order, arrivals, SA, TO), then the messages under way and those parked.
# TI: OPEN, BOOKED, COMPLETED, DECLINED, UNKNOWN. order: None, DUE, NOTDUE, NOCASE, PAID.
# arrival: (n, amount, place, sender), the sender is the old region A (also by the bank) or C.
# SA: (state, sent, amount out); TO: (state, sent, came back).
WHOLE = 100


def begun(amount, ti='OPEN'):
    """The sheet has left and its money is ordered; 0: settlement has not yet carried the order out."""
    sa = ('REMITTED', 1, amount) if amount else ('HELD', 0, 0)
    return (ti, None, (), sa, ('ISSUED', 1, 0))


def starts():
    """What C claims is on its way from the beginning: messages are read in any order, so it comes at any moment."""
    for cases, messages, parked in beginnings():
        if 'third' in FLAGS:
            for c in CASES:
                yield cases, messages | {('claimed', c, 1, WHOLE)}, parked
        else:
            yield cases, messages, parked


def beginnings():
    outside = ('OPEN', None, (), ('NONE', 0, 0), ('ISSUED', 0, 0))
    for y in (WHOLE, WHOLE - 1, 0):
        if 'bank' in FLAGS:
            yield (outside, begun(y)), frozenset([sent('Y', y)]), frozenset()
            continue
        for x, ti in ((WHOLE, 'OPEN'), (WHOLE - 1, 'OPEN'), (WHOLE, 'UNKNOWN')):
            yield (begun(x, ti), begun(y)), frozenset([sent('X', x), sent('Y', y)]), frozenset()


def sent(c, amount):
    return ('remitted', c, 1, amount) if amount else ('remit', c, 1)


def of_bank(c):
    return 'bank' in FLAGS and c == 'X'


def replaced(cases, c, **new):
    names = ('ti', 'order', 'arrivals', 'sa', 'to')
    i = CASES.index(c)
    case = tuple(new.get(name, value) for name, value in zip(names, cases[i]))
    return cases[:i] + (case,) + cases[i + 1:]


class Rejected(Exception):
    pass


def matched(cases, c):
    """SB's one matching rule, after every input that it stores."""
    _, order, arrivals, _, _ = cases[CASES.index(c)]
    out, after = [], []
    for n, a, place, sender in arrivals:
        mine = sender == 'A' or PLANT == 'whoever-sent'
        if place == 'HERE' and not mine:
            place = 'SUSPENDED' if order else 'HERE'
        elif place == 'HERE' and order == 'DUE' and a == WHOLE:
            place, order = 'CREDITED', 'PAID'
            out += [('credited-here', c, n)] + ([] if of_bank(c) else [('credited', c, n)])
        elif place == 'HERE' and order in ('DUE', 'PAID', 'NOCASE'):
            place = 'SUSPENDED'
        elif place == 'HERE' and order == 'NOTDUE':
            place = 'SENTBACK'
            out += [] if of_bank(c) else [('moneyback', c, n, a, 0), ('toback', c, n, 0)]
        after.append((n, a, place, sender))
    return replaced(cases, c, order=order, arrivals=tuple(after)), out


def handle(cases, m):
    kind, c = m[0], m[1]
    ti, order, arrivals, sa, to = cases[CASES.index(c)]
    if kind in ('remitted', 'claimed'):
        sender = 'A' if kind == 'remitted' else 'C'
        if any(a[0] == m[2] and (a[3] == sender or PLANT == 'by-number-alone') for a in arrivals):
            return cases, []
        come = (m[2], m[3], 'HERE', sender)
        after, out = matched(replaced(cases, c, arrivals=tuple(sorted(arrivals + (come,)))), c)
        return after, out + ([('notdue', c)] if ti == 'UNKNOWN' else [])
    if kind == 'order':
        if order == 'NOTDUE':
            raise Rejected
        return (cases, []) if order else matched(replaced(cases, c, order='DUE'), c)
    if kind == 'notdue':
        if order in ('DUE', 'PAID'):
            raise Rejected
        return (cases, []) if order else matched(replaced(cases, c, order='NOCASE' if ti == 'UNKNOWN' else 'NOTDUE'), c)
    if kind == 'credited-here':  # TI
        if ti != 'BOOKED':
            return cases, []
        return replaced(cases, c, ti='COMPLETED'), [] if of_bank(c) else [('completed', c)]
    if kind == 'completed':  # TO
        state, sent, back = to
        if state != 'ISSUED':
            return cases, []
        release = back and PLANT != 'not-released'
        return replaced(cases, c, to=('COMPLETED', sent, back)), [('release', c)] if release else []
    if kind == 'toback':  # TO
        state, sent, back = to
        if m[2] != sent or not m[3] or back:
            return cases, []
        if state == 'COMPLETED':
            if PLANT == 'late-return-ignored':
                return cases, []
            return replaced(cases, c, to=(state, sent, 1)), [('release', c)]
        return (cases, []) if state == 'DECLINED' else (replaced(cases, c, to=(state, sent, 1)), [])
    return settlement(cases, m, sa)


def settlement(cases, m, sa):
    """SA."""
    kind, c = m[0], m[1]
    state, sent, out = sa
    if kind == 'remit':
        if state == 'HELD' and m[2] == sent + 1:
            return replaced(cases, c, sa=('REMITTED', m[2], WHOLE)), [('remitted', c, m[2], WHOLE)]
        if m[2] <= sent:
            return cases, []
    if kind == 'credited':
        if state == 'REMITTED' and m[2] == sent:
            return replaced(cases, c, sa=('SETTLED', sent, out)), []
        if state == 'SETTLED':
            return cases, []
    if kind == 'moneyback':
        if state == 'REMITTED' and m[2] == sent:
            return replaced(cases, c, sa=('HELD' if m[4] else 'HOME', sent, 0)), []
        if m[2] <= sent and state != 'SETTLED':
            return cases, []
    if kind == 'release':
        if state == 'HELD':
            return replaced(cases, c, sa=('RELEASED', sent, 0)), []
        if state in ('RELEASED', 'HOME'):
            return cases, []
    raise Rejected


def people(cases):
    for c, (ti, order, arrivals, sa, to) in zip(CASES, cases):
        other = CASES[1 - CASES.index(c)]
        if ti == 'OPEN':
            yield f'{c} booked', replaced(cases, c, ti='BOOKED'), [('order', c)]
            yield f'{c} declined', *declined(cases, c)
        if to[0] == 'ISSUED' and to[2]:
            yield f'{c} remitted again', replaced(cases, c, to=('ISSUED', to[1] + 1, 0)), [('remit', c, to[1] + 1)]
        own = [a for a in arrivals if a[3] == 'A']
        if of_bank(c) and not own:
            for a in (WHOLE, WHOLE - 1):
                after, out = handle(cases, ('remitted', c, 1, a))
                yield f'slip of {a} for {c}', after, out
        if of_bank(c) and own and own[-1][2] == 'SENTBACK' and order == 'DUE' and len(own) < 3:
            after, out = handle(cases, ('remitted', c, len(own) + 1, WHOLE))
            yield f'slip again for {c}', after, out
        for n, a, place, sender in arrivals:
            here = place == 'HERE' and of_bank(c) and order is None and sender == 'A'
            if place == 'SUSPENDED' or here:
                rest = put(arrivals, n, sender, 'SENTBACK')
                is_open = int(order == 'DUE')
                # What C is told is not modelled: it has no part.
                out = [] if of_bank(c) or sender == 'C' else [('moneyback', c, n, a, is_open), ('toback', c, n, is_open)]
                yield f'{c}-{n}<{sender} sent back', replaced(cases, c, arrivals=rest), out
            # C's money belongs to a case of C alone, and neither is one.
            mine = sender == 'A' or PLANT == 'stranger-matched'
            may = mine and ((place == 'SUSPENDED' and (of_bank(c) or order != 'DUE')) or here)
            if may and a == WHOLE and cases[CASES.index(other)][1] == 'DUE':
                rest = put(arrivals, n, sender, 'MATCHED')
                after = replaced(cases, c, arrivals=rest)
                if PLANT != 'still-due':
                    after = replaced(after, other, order='PAID')
                out = [('credited-here', other, n)]
                if not of_bank(c) and PLANT != 'old-region-not-told':
                    out.append(('credited', c, n))
                yield f'{c}-{n} matched to {other}', after, out


def put(arrivals, n, sender, place):
    return tuple((x, a, place if (x, s) == (n, sender) else z, s) for x, a, z, s in arrivals)


def declined(cases, c):
    """After a return of the sheet: money that is under way will be sent back, what has come back is released."""
    _, _, _, _, (_, sent_so_far, back) = cases[CASES.index(c)]
    out = [('notdue', c)] + ([('release', c)] if back else [])
    return replaced(cases, c, ti='DECLINED', to=('DECLINED', sent_so_far, back)), out


def offered(cases, messages, parked):
    """Parked messages again, after every move."""
    again = True
    while again:
        again = False
        for m in sorted(parked):
            try:
                after, out = handle(cases, m)
            except Rejected:
                continue
            cases, parked, messages, again = after, parked - {m}, messages | set(out), True
            break
    return cases, messages, parked


def following(world):
    cases, messages, parked = world
    for m in sorted(messages):
        try:
            after, out = handle(cases, m)
        except Rejected:
            yield f'parked {m}', (cases, messages - {m}, parked | {m})
            continue
        yield f'{m}', offered(after, (messages - {m}) | set(out), parked)
    for label, after, out in people(cases):
        yield label, offered(after, messages | set(out), parked)


def wrong_now(world):
    credited = {c: 0 for c in CASES}
    for c, (_, order, arrivals, sa, _) in zip(CASES, world[0]):
        for _, a, place, sender in arrivals:
            if place in ('CREDITED', 'MATCHED') and sender == 'C':
                return f'{c} CREDITED WITH THE MONEY OF A REGION WITHOUT A PART'
            if place in ('CREDITED', 'MATCHED'):
                to = c if place == 'CREDITED' else CASES[1 - CASES.index(c)]
                credited[to] += 1
    for c, case in zip(CASES, world[0]):
        if credited[c] > 1:
            return f'{c} CREDITED TWICE'
        if case[1] == 'PAID' and not credited[c]:
            return f'{c} PAID WITHOUT MONEY'
    return None


def wrong_at_end(world):
    cases, _, parked = world
    for c, (ti, order, arrivals, sa, to) in zip(CASES, cases):
        if any(place in ('HERE', 'SUSPENDED') for _, _, place, _ in arrivals):
            return f'{c} LEFT IN SUSPENSE'
        if ti == 'BOOKED' and not of_bank(c):
            return f'{c} NEVER PAID'
        if sa[0] == 'REMITTED':
            return f'{c} STILL ON THE WAY FOR THE OLD REGION'
        if sa[0] == 'HELD' and ti in ('COMPLETED', 'DECLINED'):
            return f'{c} HELD FOR EVER'
    return f'STILL PARKED {sorted(parked)}' if parked else None


def explore():
    seen, todo = {}, deque()
    for world in starts():
        seen[world] = None
        todo.append(world)
    while todo:
        world = todo.popleft()
        nexts = list(following(world))
        fault = wrong_now(world) or (None if nexts else wrong_at_end(world))
        if fault:
            steps = []
            while seen[world]:
                world, label = seen[world]
                steps.append(label)
            return len(seen), (fault, steps[::-1])
        for label, after in nexts:
            if after not in seen:
                seen[after] = (world, label)
                todo.append(after)
    return len(seen), None


PLANTS = {'late-return-ignored': '', 'not-released': '', 'old-region-not-told': '', 'still-due': 'bank',
          'by-number-alone': 'third', 'whoever-sent': 'third', 'stranger-matched': 'third'}


def main():
    global PLANT, FLAGS
    if 'plants' in FLAGS:
        missed = 0
        for name, mode in PLANTS.items():
            PLANT, FLAGS = name, set(mode.split())
            fault = explore()[1]
            print(f'{name:22} [{mode}]: {fault[0] if fault else "NOT FOUND"}')
            missed += not fault
        return 1 if missed else 0
    for word in [f for f in FLAGS if f.startswith('PLANT=')]:
        PLANT = word[6:]
    count, fault = explore()
    print(' '.join(sys.argv[1:]), 'states', count)
    if fault:
        print('FAULT', fault[0], *fault[1], sep='\n   ')
    return 1 if fault else 0


if __name__ == '__main__':
    sys.exit(main())

"""The cross-region protocol, checked state by state: every interleaving of the parties, deadlines left out.

    python3 docs/protocol/model.py fifo|shuffle [dup] [wrong] [payout] [stays] [instant] [year] [same] [third]
    python3 docs/protocol/model.py paper [wrong]        the old region is outside the platform (README 4)
    python3 docs/protocol/model.py before               before acceptance (README 2)
    python3 docs/protocol/model.py plants               plants one error after another and must find each

fifo: each consumer reads each topic in order. shuffle: any unread message next. dup: every message may be handled a
second time with the inbox defeated. wrong: once, another amount is remitted than the sheet's. payout, stays: the
applicant's wish for the account. instant: every remittance may be an advance. year: a sheet of 0.00 may be booked before
its year ends. same: both regions are one. third: a region C without a part claims once, at any moment, to have sent the
money under the same number. A further word PLANT=name plants that error.

The tables of README.md and of the services' protocol-*.md, once more and by hand: TI, TO = transfer-in(B),
transfer-out(A); SA, SB = settlement of A, B. An impossible message is parked and offered again after each move of its
party, as the services do. Exit code 1 when something is wrong.
"""
import sys
import time
from collections import deque

ENDS = ('COMPLETED', 'WITHDRAWN', 'DECLINED')
# The places of a person's 100 yuan; the clearing account has two legs, DEBTS is what was told to the centre.
P_A, TRANSIT, SUSPENSE, P_B, PAID, CLEAR_A, CLEAR_B, BANK, DEBTS = range(9)
READERS = {'TA': ('TO',), 'BA': ('TO', 'SA'), 'TB': ('TI',), 'BB': ('TI', 'SB')}
TYPES = {
    'TO': {'accepted', 'wreq', 'returned', 'completed', 'held', 'refusedhold', 'moneyback', 'paidout'},
    'SA': {'hold', 'release', 'remit', 'credited', 'moneyback', 'payout'},
    'TI': {'issued', 'withdrawn', 'declined', 'remitted', 'credited', 'suspended', 'claim'},
    'SB': {'remitted', 'order', 'notdue', 'claim'}}
# What C claims has a negative number: known by its sender, and yuan that are in no ledger but C's own.
CLAIM, NOTED = 5, 6
FLAGS = set(sys.argv[1:])
PLANT = ''


class Rejected(Exception):
    """The sign for "impossible now": parked."""


def post(money, source, target, amount):
    after = list(money)
    after[source] -= amount
    after[target] += amount
    return tuple(after)


def ti(s, m):
    """Transfer-in: (state, version, amount). README 2-4 and protocol-transfer-in.md."""
    st, v, amt = s
    t = m[0]
    if t == 'claim':
        return s, []
    if t == 'remitted':
        if st in ('WITHDRAWN', 'DECLINED') and PLANT != 'late-money-kept':
            return s, [('BB', ('notdue',))]
        return s, []
    if t == 'suspended':
        return s, []
    if t == 'issued':
        w, a = m[1], m[2]
        if st in ('ACCEPTED', 'WITHDRAWING') or (st == 'RETURNED' and w == v + 1 and a == amt):
            return ('RECEIVED', w, a), []
        if st in ENDS or w <= v:
            return s, []
        raise Rejected(f'TI {st} x issued')
    if t == 'withdrawn':
        if st in ('ACCEPTED', 'WITHDRAWING'):
            return ('WITHDRAWN', v, amt), paper_not_due()
        if PLANT == 'paper-ends-twice' and st == 'DECLINED':
            return ('WITHDRAWN', v, amt), []
        if st in ENDS:
            return s, []
        raise Rejected(f'TI {st} x withdrawn')
    if t == 'declined':
        if st in ('ACCEPTED', 'WITHDRAWING', 'RECEIVED', 'RETURNED'):
            due = m[1] and PLANT != 'no-not-due'
            return ('DECLINED', v, amt), ([('BB', ('notdue',))] if due else paper_not_due())
        if st in ENDS:
            return s, []
        raise Rejected(f'TI {st} x declined')
    if t == 'credited':
        if st == 'BOOKED' and m[2] == amt:
            return ('COMPLETED', v, amt), to_old(('completed', v))
        if st in ENDS:
            return s, []
        raise Rejected(f'TI {st} x credited')
    raise AssertionError(t)


def nothing_due(state):
    return state[0] in ('WITHDRAWN', 'DECLINED', 'YEAR_RUNNING') or state[0] == 'COMPLETED' and not state[2]


def others_money(world, m, before, outs):
    """TI takes no step for C's money, and says that none is due where, or as soon as, its case expects none."""
    noted = world[5][NOTED]
    if m and m[0] == 'claim':
        if nothing_due(world[0]):
            return world, outs + [('BB', ('notdue',))]
        return world[:5] + (world[5][:NOTED] + (1,),) + world[6:], outs
    if noted and nothing_due(world[0]) and not nothing_due(before) and ('BB', ('notdue',)) not in outs \
            and PLANT != 'claim-forgotten':
        return world, outs + [('BB', ('notdue',))]
    return world, outs


def paper_not_due():
    """On paper nobody tells TI of money, so each end without money says at once that none is due."""
    return [('BB', ('notdue',))] if 'paper' in FLAGS and PLANT != 'paper-no-not-due' else []


def to_old(message):
    return [] if 'paper' in FLAGS else [('TA', message)]


def to(s, m):
    """Transfer-out: (state, version, amount, remittances, came back, wish)."""
    st, v, amt, rn, back, wish = s
    t = m[0]
    if t == 'accepted':
        return (('HOLDING', 0, 0, 0, 0, m[1]), [('BA', ('hold', 1, m[1]))]) if st is None else (s, [])
    if t == 'wreq':
        if st is None:
            return ('WITHDRAWN', 0, 0, 0, 0, 'MOVES'), [('TB', ('withdrawn',))]
        if st in ('HOLDING', 'HELD', 'HOLDREF'):
            return ('WITHDRAWN', v, amt, rn, 0, wish), [('BA', ('release',)), ('TB', ('withdrawn',))]
        return s, []
    if t in ('held', 'refusedhold') and st is None:
        raise Rejected(f'TO none x {t}')
    if t == 'held':
        return (('HELD', 0, m[1], 0, 0, wish), []) if st in ('HOLDING', 'HOLDREF') else (s, [])
    if t == 'refusedhold':
        return (('HOLDREF', m[1], 0, 0, 0, wish), []) if st == 'HOLDING' and m[1] >= v else (s, [])
    if t == 'returned':
        w, final = m[1], m[2]
        if st == 'ISSUED' and w == v:
            return end_issued(s) if final else (('RETURNED', v, amt, rn, back, wish), [])
        if st in ENDS or (st in ('ISSUED', 'RETURNED') and w <= v):
            return s, []
        raise Rejected(f'TO {st} x returned')
    if t == 'completed':
        if st == 'ISSUED' and m[1] == v:
            return ('COMPLETED', v, amt, rn, 0, wish), ([('BA', ('payout',))] if wish == 'PAID_OUT' else [])
        if st in ENDS:
            return s, []
        raise Rejected(f'TO {st} x completed')
    if t == 'moneyback':
        if st in ('ISSUED', 'RETURNED') and m[1] <= rn:
            return ((st, v, amt, rn, 1, wish) if m[1] == rn and m[3] == 'OPEN' else s), []
        if st in ENDS:
            return s, []
        raise Rejected(f'TO {st} x moneyback')
    if t == 'paidout':
        if st == 'COMPLETED':
            return s, []
        raise Rejected(f'TO {st} x paidout')
    raise AssertionError(t)


def end_issued(s):
    """A final return, or a decline after a return: what is held here is released, money under way is named."""
    st, v, amt, rn, back, wish = s
    free = (amt == 0 or back) and not (PLANT == 'kept-not-released' and wish == 'PAID_OUT')
    return ('DECLINED', v, amt, rn, 0, wish), \
        ([('BA', ('release',))] if free else []) + [('TB', ('declined', 1 if amt else 0))]


def sa(s, m, money, choice):
    """Settlement of A: (state, amount, remittances, attempt, advanced)."""
    st, amt, rn, att, adv = s
    t = m[0]
    if t == 'hold':
        if not (st is None or (st == 'REFUSED' and m[1] > att)):
            return s, [], money
        if choice == 'refuse':
            return ('REFUSED', 0, 0, m[1], 0), [('BA', ('refusedhold', m[1]))], money
        if not choice or m[2] == 'STAYS':
            return ('EMPTY', 0, 0, m[1], 0), [('BA', ('held', 0))], money
        if m[2] == 'PAID_OUT':
            return ('KEPT', choice, 0, m[1], 0), [('BA', ('held', 0))], money
        return ('HELD', choice, 0, m[1], 0), [('BA', ('held', choice))], money
    if t == 'release':
        if st in (None, 'HELD', 'KEPT', 'REFUSED', 'EMPTY'):
            return ('RELEASED', 0, rn, att, 0), [], money
        if st in ('RELEASED', 'HOME'):
            return s, [], money
    if t == 'payout':
        if st == 'KEPT' or (PLANT == 'paid-out-twice' and st == 'PAID_OUT'):
            return ('PAID_OUT', amt, 0, att, 0), [('BA', ('paidout', amt))], post(money, P_A, PAID, amt)
        if st in ('PAID_OUT', 'EMPTY'):
            return s, [], money
    if t == 'remit':
        if st == 'HELD' and m[1] == rn + 1 and m[2] == amt:
            a = choice or amt
            return ('REMITTED', a, m[1], att, m[3]), [('BB', ('remitted', m[1], a, m[3]))], \
                post(money, P_A, CLEAR_A if m[3] else TRANSIT, a)
        if st in ('HELD', 'REMITTED', 'SETTLED', 'RELEASED', 'HOME') and m[1] <= rn:
            return s, [], money
    if t == 'credited':
        if st == 'REMITTED' and m[1] == rn:
            return ('SETTLED', amt, rn, att, adv), [], money
        if st == 'SETTLED':
            return s, [], money
    if t == 'moneyback':
        if st == 'REMITTED' and m[1] == rn:
            home = post(money, CLEAR_A if adv else TRANSIT, P_A, m[2])
            return ('HELD', 100, rn, att, 0) if m[3] == 'OPEN' else ('HOME', 0, rn, att, 0), [], home
        if st in ('HELD', 'REMITTED', 'RELEASED', 'HOME') and m[1] <= rn:
            return s, [], money
        if st == 'SETTLED' and m[1] < rn:
            return s, [], money
    raise Rejected(f'SA {st} x {t}')


def sb(s, m, money):
    """Settlement of B: (order, arrivals), an arrival is (number, amount, place, advance)."""
    order, arrivals = s
    arrived = {a[0]: a for a in arrivals}
    out = []
    if m[0] == 'remitted':
        n, a, adv = m[1:]
        if n in arrived and PLANT != 'arrives-twice' or -n in arrived and PLANT == 'by-number-alone':
            return s, [], money
        money = post(money, BANK if 'paper' in FLAGS else CLEAR_B if adv else TRANSIT, SUSPENSE, a)
        arrived[n] = (n, a, 'HERE', adv)
        if PLANT == 'debt-on-arrival' and adv:
            money = money[:DEBTS] + (money[DEBTS] + a,)
    elif m[0] == 'claim':
        if -m[1] in arrived or PLANT == 'by-number-alone' and m[1] in arrived:
            return s, [], money
        arrived[-m[1]] = (-m[1], m[2], 'HERE', 0)
    elif m[0] == 'order':
        if order is None:
            order = ('DUE', m[1])
        elif order[0] == 'NOTDUE':
            raise Rejected('SB NOTDUE x order')
        else:
            return s, [], money
    elif m[0] == 'notdue':
        if order is not None and order[0] != 'NOTDUE':
            raise Rejected(f'SB {order[0]} x notdue')
        order = ('NOTDUE',)
    for n, a, place, adv in sorted(arrived.values()):
        if place != 'HERE' or order is None:
            continue
        if n < 0 and PLANT != 'whoever-sent':
            arrived[n] = (n, a, 'SUSPENDED', adv)
            continue
        if order[0] == 'DUE' and a == order[1]:
            arrived[n] = (n, a, 'CREDITED', adv)
            order = ('PAID', a)
            money = post(money, SUSPENSE, P_B, a)
            if adv and PLANT != 'debt-on-arrival':
                money = money[:DEBTS] + (money[DEBTS] + a,)
            out += ([] if 'paper' in FLAGS else [('BA', ('credited', n, a))]) + [('BB', ('credited', n, a))]
        elif order[0] in ('DUE', 'PAID'):
            arrived[n] = (n, a, 'SUSPENDED', adv)
            out += [('BB', ('suspended', n))]
        else:
            money, told = send_back(arrived, n, 'ENDED', money)
            out += told
    return (order, tuple(sorted(arrived.values()))), out, money


def send_back(arrived, n, kind, money):
    _, a, _, adv = arrived[n]
    arrived[n] = (n, a, 'SENTBACK', adv)
    money = post(money, SUSPENSE, BANK if 'paper' in FLAGS else CLEAR_B if adv else TRANSIT, a)
    return money, ([] if 'paper' in FLAGS else [('BA', ('moneyback', n, a, kind))])


# A world: (ti, to, sa, sb, money, budgets, queues, parked); budgets = withdrawals, returns, hold retries, declines, wrong.
def published(queues, outs):
    if not outs:
        return queues
    q = {k: list(v) for k, v in queues}
    for topic, m in outs:
        for c in READERS[topic]:
            if m[0] in TYPES[c] and not (m[0] == 'credited' and (c, topic) in (('TI', 'BA'), ('SA', 'BB'))):
                key = (c, topic[0]) if 'same' in FLAGS else (c, topic)
                q.setdefault(key, []).append((m, 0))
    return tuple(sorted((k, tuple(v)) for k, v in q.items()))


PARTIES = ('TI', 'TO', 'SA', 'SB')


def handle(world, party, m, choice=None):
    """The world after that party handled m, and whether its state moved; raises Rejected."""
    s = list(world)
    i = PARTIES.index(party)
    if party == 'TI':
        s[0], outs = ti(s[0], m)
        after, outs = others_money(tuple(s), m, world[0], outs)
        s = list(after)
    elif party == 'TO':
        s[1], outs = to(s[1], m)
    elif party == 'SA':
        s[2], outs, s[4] = sa(s[2], m, s[4], choice)
    else:
        s[3], outs, s[4] = sb(s[3], m, s[4])
    s[6] = published(s[6], outs)
    return tuple(s), s[i] != world[i]


def offered_again(world, party):
    """What is parked for that party is offered after each of its moves, until nothing of it moves any more."""
    moved = True
    while moved:
        moved = False
        for entry in world[7]:
            if entry[0] == party:
                try:
                    after, moved = handle(world, party, entry[1])
                except Rejected:
                    continue
                rest = list(after[7])
                rest.remove(entry)
                world = after[:7] + (tuple(rest),)
                if moved:
                    break
    return world


def deliveries(world, rejections):
    for key, messages in world[6]:
        for i in range(len(messages) if 'shuffle' in FLAGS else 1):
            m, handled = messages[i]
            rests = [messages[:i] + messages[i + 1:]]
            if 'dup' in FLAGS and not handled:
                rests.append(rests[0] + ((m, 1),))
            for rest in rests:
                queues = tuple((k, rest if k == key else v) for k, v in world[6] if k != key or rest)
                base = world[:6] + (queues, world[7])
                for choice in choices(key[0], m, world[5]):
                    try:
                        after, moved = handle(base, key[0], m, choice)
                    except Rejected as e:
                        rejections[str(e)] = rejections.get(str(e), 0) + 1
                        yield f'{key[0]} parks {m}', base[:7] + (tuple(sorted(base[7] + ((key[0], m),))),)
                        continue
                    if choice == 99:
                        after = spent(after, 4)
                    yield f'{key[0]} < {m} {choice or ""}', offered_again(after, key[0]) if moved else after


def choices(party, m, budgets):
    if party == 'SA' and m[0] == 'hold':
        return 'refuse', 0, 100
    return (None, 99) if party == 'SA' and m[0] == 'remit' and 'wrong' in FLAGS and budgets[4] else (None,)


def spent(world, which):
    budgets = list(world[5])
    budgets[which] -= 1
    return world[:5] + (tuple(budgets),) + world[6:]


def moved(world, i, state, outs):
    s = list(world)
    s[i] = state
    if i == 0:
        after, outs = others_money(tuple(s), None, world[0], outs)
        s = list(after)
    s[6] = published(s[6], outs)
    return offered_again(tuple(s), PARTIES[i])


def people(world):
    """What applicants and staff may do next."""
    (st, v, amt), budgets = world[0], world[5]
    if st == 'ACCEPTED' and budgets[0]:
        if 'paper' in FLAGS:
            yield 'withdraws', moved(spent(world, 0), 0, ('WITHDRAWN', v, amt), paper_not_due())
        elif PLANT == 'ends-at-once':
            yield 'withdraws', moved(spent(world, 0), 0, ('WITHDRAWN', v, amt), [('TA', ('wreq',))])
        else:
            yield 'withdraws', moved(spent(world, 0), 0, ('WITHDRAWING', v, amt), [('TA', ('wreq',))])
    if st == 'RECEIVED':
        if amt:
            yield 'confirms', moved(world, 0, ('BOOKED', v, amt), [('BB', ('order', amt))])
        else:
            # Money that a paper sheet of 0.00 does not know of must not wait for an order that never comes.
            outs = paper_not_due()
            yield 'confirms', moved(world, 0, ('COMPLETED', v, 0), to_old(('completed', v)) + outs)
            if 'year' in FLAGS:
                yield 'confirms early', moved(world, 0, ('YEAR_RUNNING', v, 0), outs)
        for final in (0, 1) if budgets[1] else ():
            yield 'returns', moved(spent(world, 1), 0, ('RETURNED', v, amt), to_old(('returned', v, final)))
    if st == 'YEAR_RUNNING':
        yield 'year ends', moved(world, 0, ('COMPLETED', v, 0), to_old(('completed', v)))
    if 'paper' in FLAGS:
        yield from post_office(world)
    else:
        yield from old_staff(world)
    if budgets[CLAIM]:
        yield 'C claims', moved(spent(world, CLAIM), 3, world[3], [('BB', ('claim', 1, 100))])
    order, arrivals = world[3]
    for n, a, place, adv in arrivals:
        if place == 'SUSPENDED' and n < 0:
            arrived = {x[0]: x for x in arrivals} | {n: (n, a, 'SENTBACK', adv)}
            yield 'sends back to C', moved(world, 3, (order, tuple(sorted(arrived.values()))), [])
        elif place == 'SUSPENDED':
            arrived = {x[0]: x for x in arrivals}
            money, outs = send_back(arrived, n, 'OPEN' if order and order[0] == 'DUE' else 'ENDED', world[4])
            after = world[:4] + (money,) + world[5:]
            yield 'sends back', moved(after, 3, (order, tuple(sorted(arrived.values()))), outs)


def old_staff(world):
    st, v, amt, rn, back, wish = world[1]
    budgets = world[5]
    if st == 'HELD':
        for adv in advances():
            money = [('BA', ('remit', 1, amt, adv))] if amt and PLANT != 'no-remit' else []
            yield 'issues', moved(world, 1, ('ISSUED', 1, amt, 1 if amt else 0, 0, wish),
                                  [('TB', ('issued', 1, amt))] + money)
    if st == 'RETURNED':
        yield 'corrects', moved(world, 1, ('ISSUED', v + 1, amt, rn, back, wish), [('TB', ('issued', v + 1, amt))])
        if budgets[3]:
            yield 'declines', moved(spent(world, 3), 1, *end_issued(world[1]))
    if st in ('HOLDING', 'HELD', 'HOLDREF') and (budgets[3] or (st == 'HOLDREF' and not budgets[2])):
        free = not (PLANT == 'kept-not-released' and wish == 'PAID_OUT')
        outs = ([('BA', ('release',))] if free else []) + [('TB', ('declined', 0))]
        yield 'declines', moved(spent(world, 3) if budgets[3] else world, 1, ('DECLINED', v, amt, rn, 0, wish), outs)
    if st == 'HOLDREF' and budgets[2]:
        yield 'retries', moved(spent(world, 2), 1, ('HOLDING', v + 1, 0, 0, 0, wish), [('BA', ('hold', v + 1, wish))])
    if st == 'ISSUED' and back:
        for adv in advances():
            yield 'remits again', moved(world, 1, (st, v, amt, rn + 1, 0, wish), [('BA', ('remit', rn + 1, amt, adv))])


def advances():
    return (0, 1) if 'instant' in FLAGS else (0,)


def post_office(world):
    """What staff of B register of a region outside: papers and bank slips, in any order, also what contradicts."""
    st, v, amt = world[0]
    slips = len(world[3][1])
    papers = []
    if st in ('ACCEPTED', 'WITHDRAWN', 'DECLINED') and v == 0:
        papers += [('issued', 1, 0), ('issued', 1, 100)]
    if st == 'RETURNED':
        papers += [('issued', v + 1, amt)]
    if world[5][3]:
        papers += [('declined', 0), ('withdrawn',)]
    for m in papers:
        try:
            after, _ = handle(spent(world, 3) if m[0] != 'issued' else world, 'TI', m)
        except Rejected:
            continue  # 409 to the clerk
        yield f'registers {m}', offered_again(after, 'TI')
    if st == 'RETURNED' and not world[5][3]:
        yield 'registers at last', moved(world, 0, ('DECLINED', v, amt), paper_not_due())
    here = world[4][BANK]
    if slips == 0 and here:
        for a in (100, 99) if 'wrong' in FLAGS else (100,):
            yield f'slip {a}', slip(world, 1, a)
    elif here and world[3][0] == ('DUE', 100) and world[3][1][-1][2] == 'SENTBACK':
        yield 'slip again', slip(world, slips + 1, 100)


def slip(world, n, amount):
    after, _ = handle(world, 'SB', ('remitted', n, amount, 0))
    return offered_again(after, 'SB')


def starts():
    wish = 'PAID_OUT' if 'payout' in FLAGS else 'STAYS' if 'stays' in FLAGS or 'year' in FLAGS else 'MOVES'
    paper = 'paper' in FLAGS
    money = [0] * 9
    money[BANK if paper else P_A] = 100
    first = () if paper else published((), [('TA', ('accepted', wish))])
    return (('ACCEPTED', 0, 0), (None, 0, 0, 0, 0, wish), (None, 0, 0, 0, 0), (None, ()), tuple(money),
            (1, 2, 1, 2 if paper else 1, 1, 1 if 'third' in FLAGS else 0, 0), first, ())


def wrong_now(world):
    """What must hold in every state."""
    money = world[4]
    places = [money[i] for i in (P_A, TRANSIT, SUSPENSE, P_B, PAID, BANK)] + [money[CLEAR_A] + money[CLEAR_B]]
    credited = [a for a in world[3][1] if a[2] == 'CREDITED']
    if sum(places) != 100 or min(places) < 0:
        return f'MONEY {places}'
    if any(a[0] < 0 for a in credited):
        return 'A REGION WITHOUT A PART WAS CREDITED'
    if len(credited) > 1:
        return 'CREDITED TWICE'
    if money[DEBTS] != sum(a[1] for a in credited if a[3]):
        return 'A DEBT WITHOUT CREDIT, OR A CREDIT WITHOUT DEBT'
    return None


def wrong_at_end(world):
    """What must hold where nothing can happen any more."""
    ti_state, to_state, sa_state, money = world[0][0], world[1][0], world[2], world[4]
    if ti_state not in ENDS or ('paper' not in FLAGS and to_state != ti_state):
        return f'NO COMMON END {ti_state} {to_state}'
    if any(a[0] < 0 and a[2] != 'SENTBACK' for a in world[3][1]):
        return 'MONEY OF A REGION WITHOUT A PART LEFT'
    if money[TRANSIT] or money[SUSPENSE]:
        return 'MONEY LEFT ON THE WAY'
    if not money[CLEAR_A] == -money[CLEAR_B] == money[DEBTS]:
        return 'CLEARING IS NOT THE DEBTS'
    if sa_state[0] in ('HELD', 'KEPT', 'REMITTED'):
        return f'LEFT {sa_state[0]}'
    if ti_state == 'COMPLETED' and world[0][2] != money[P_B]:
        return 'COMPLETED WITHOUT ITS MONEY'
    if ti_state != 'COMPLETED' and (money[P_B] or money[PAID]):
        return 'MONEY MOVED WITHOUT COMPLETION'
    return f'STILL PARKED {world[7]}' if world[7] and 'dup' not in FLAGS else None


def explore(limit=4_000_000):
    start = starts()
    seen, todo, ends, rejections = {start: None}, deque([start]), {}, {}
    while todo:
        world = todo.popleft()
        following = [f for f in (*deliveries(world, rejections), *people(world)) if f[1] != world]
        fault = wrong_now(world) or (None if following else wrong_at_end(world))
        for label, after in following:
            if any(world[i][0] in ENDS and after[i][0] != world[i][0] for i in (0, 1)):
                fault = f'LEFT AN END by {label}'
            if after not in seen:
                seen[after] = (world, label)
                todo.append(after)
        if fault:
            return len(seen), ends, rejections, (fault, world, path(seen, world))
        if not following:
            key = (world[0][0], world[1][0], world[2][0], world[3][0] and world[3][0][0], world[4], world[7])
            ends[key] = ends.get(key, 0) + 1
        if len(seen) > limit:
            return len(seen), ends, rejections, ('NOT FINISHED', world, [])
    return len(seen), ends, rejections, None


def path(seen, world):
    steps = []
    while seen[world]:
        world, label = seen[world]
        steps.append(label)
    return steps[::-1]


def before():
    """README 2. Conditions and papers change under the case; each check tells the one input that they call for."""
    table = {('SUBMITTED', 'acceptable'): 'ACCEPTED', ('SUBMITTED', 'unacceptable'): 'REFUSED',
             ('SUBMITTED', 'waiting'): 'WAITING', ('SUBMITTED', 'missing'): 'INCOMPLETE',
             ('WAITING', 'acceptable'): 'ACCEPTED', ('WAITING', 'unacceptable'): 'REFUSED',
             ('WAITING', 'missing'): 'INCOMPLETE', ('INCOMPLETE', 'complete'): 'SUBMITTED',
             ('INCOMPLETE', 'unacceptable'): 'REFUSED'}
    if PLANT == 'waiting-ignores-papers':
        del table['WAITING', 'missing']
    seen = set()
    todo = [('SUBMITTED', c, p, w) for c in ('ok', 'mendable', 'bad') for p in (0, 1) for w in (0, 1)]
    while todo:
        st, c, p, w = node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        if st == 'ACCEPTED' and not (p and c == 'ok'):
            return f'ACCEPTED with conditions {c}, papers {p}'
        if st in ('ACCEPTED', 'REFUSED'):
            continue
        resting = settled(table, node)
        if resting[0] not in ('ACCEPTED', 'REFUSED') and not (resting[0] == 'WAITING' and c == 'mendable'):
            return f'WAITS FOR EVER {node}: rests in {resting}'
        todo.append(checked(table, node))
        if st == 'WAITING':  # the wish is done there, or cannot be; a paper turns out to be out of date
            todo += [(st, 'ok', p, w), (st, 'bad', p, w), (st, c, 0, w)]
    print('before: states', len(seen), 'each is decided, or waits for the other region')
    return None


def checked(table, node):
    st, c, p, w = node
    if st == 'INCOMPLETE':
        return (table[st, 'complete'], c, 1, w)
    if c == 'ok':
        found = 'acceptable' if p or PLANT == 'accepts-without-papers' else 'missing'
    else:
        found = 'waiting' if c == 'mendable' and p and w else 'unacceptable'
    return (table.get((st, found), st), c, p, w)


def settled(table, node):
    """Where the case comes to rest when nothing outside changes but the papers that are asked for."""
    while node[0] not in ('ACCEPTED', 'REFUSED') and checked(table, node) != node:
        node = checked(table, node)
    return node


PLANTS = {
    'ends-at-once': 'fifo', 'no-remit': 'fifo', 'no-not-due': 'fifo', 'arrives-twice': 'fifo dup',
    'kept-not-released': 'fifo payout', 'paid-out-twice': 'fifo dup payout', 'debt-on-arrival': 'fifo instant',
    'paper-ends-twice': 'paper', 'paper-no-not-due': 'paper', 'waiting-ignores-papers': 'before',
    'accepts-without-papers': 'before', 'by-number-alone': 'fifo third', 'whoever-sent': 'fifo third',
    'claim-forgotten': 'fifo third'}


def plants():
    global PLANT, FLAGS
    missed = []
    for name, mode in PLANTS.items():
        PLANT, FLAGS = name, set(mode.split())
        fault = before() if mode == 'before' else (explore()[3] or (None,))[0]
        print(f'{name:24} [{mode}]: {fault or "NOT FOUND"}')
        missed += [] if fault else [name]
    return 1 if missed else 0


def main():
    global PLANT
    for word in [f for f in FLAGS if f.startswith('PLANT=')]:
        PLANT = word[6:]
    if 'plants' in FLAGS:
        return plants()
    if 'before' in FLAGS:
        fault = before()
        print(fault or '')
        return 1 if fault else 0
    began = time.time()
    count, ends, rejections, fault = explore()
    print(' '.join(sys.argv[1:]), ': states', count, f'in {time.time() - began:.0f} s')
    names = ('A', 'transit', 'suspense', 'B', 'paid out', 'clearing A', 'clearing B', 'bank', 'debts')
    for (i, o, a, b, money, parked), n in sorted(ends.items(), key=str):
        where = {name: y for name, y in zip(names, money) if y}
        print(f'  end TI={i} TO={o} SA={a} SB={b} {where} {parked or ""} x{n}')
    print('  rejected cells reached:', rejections)
    if fault:
        print('FAULT', fault[0], *fault[2], sep='\n   ')
    return 1 if fault else 0


if __name__ == '__main__':
    sys.exit(main())

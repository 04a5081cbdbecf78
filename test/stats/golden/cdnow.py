"""Golden values of CDNOW: fits by scipy, then forecasts by the published closed forms.

    pip install numpy==2.4.6 scipy==1.17.1
    python test/stats/golden/cdnow.py CDNOW_FOLDER

The folder holds transactions.csv and summary.csv. Prints the figures of cdnow.test.ts,
pareto-nbd.test.ts and holdout.test.ts.
"""

import csv
import sys
from datetime import date

import numpy as np
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1

CUT = date(1997, 9, 30)
HORIZON = 39


def read(name):
    with open(f"{sys.argv[1]}/{name}", newline="") as file:
        return list(csv.DictReader(file))


# Exact weeks, days / 7: the purchases of a day are one occasion.
spends = {}
for line in read("transactions.csv"):
    days = spends.setdefault(int(line["customer_id"]), {})
    day = (date.fromisoformat(line["date"]) - CUT).days
    days[day] = days.get(day, 0) + float(line["amount"])
known = [sorted(day for day in days if day <= 0) for days in spends.values()]
x = np.array([len(days) - 1 for days in known])
t = np.array([(days[-1] - days[0]) / 7 for days in known])
T = np.array([-days[0] / 7 for days in known])
mean_spend = np.array(
    [np.mean([of[d] for d in days[1:]]) if len(days) > 1 else 0.0 for of, days in zip(spends.values(), known)]
)
orders_after = np.array([sum(day > 0 for day in of) for of in spends.values()])
spend_after = np.array([sum(money for day, money in of.items() if day > 0) for of in spends.values()])

published = read("summary.csv")
px, pt, pT, pz = (np.array([float(row[name]) for row in published]) for name in ["x", "t_x", "T", "zbar"])


def fit(log_likelihood, start):
    """The maximum over the logarithms of the parameters."""

    def loss(logs):
        value = log_likelihood(np.exp(logs)).sum()
        return -value if np.isfinite(value) else 1e12

    options = {"xatol": 1e-10, "fatol": 1e-10, "maxiter": 20000, "maxfev": 20000}
    best = minimize(loss, np.log(start), method="Nelder-Mead", options=options)
    best = minimize(loss, best.x, method="Nelder-Mead", options=options)
    return np.exp(best.x), -best.fun


def bg_likelihood(p, modified, x=x, t=t, T=T):
    """Fader, Hardie & Lee (2005), equation (6); Hoppe & Wagner (2007) with one chance more."""
    r, alpha, a, b = p
    m = x + 1 if modified else x
    rates = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    alive = betaln(a, b + m) - betaln(a, b) - (r + x) * np.log(alpha + T)
    gone = betaln(a + 1, b + m - 1) - betaln(a, b) - (r + x) * np.log(alpha + t)
    return rates + np.where(m > 0, np.logaddexp(alive, np.where(m > 0, gone, -np.inf)), alive)


def bg_alive(p, modified, x, t, T):
    r, alpha, a, b = p
    odds = a / (b + x - (0 if modified else 1)) * ((alpha + T) / (alpha + t)) ** (r + x)
    return np.where(modified | (x > 0), 1 / (1 + odds), 1.0)


def bg_orders(p, modified, x, t, T, weeks=HORIZON):
    """Fader, Hardie & Lee (2005), equation (10), with b one more for the MBG/NBD."""
    r, alpha, a, b = p
    stay = b + x + (1 if modified else 0)
    z = weeks / (alpha + T + weeks)
    form = 1 - ((alpha + T) / (alpha + T + weeks)) ** (r + x) * hyp2f1(r + x, stay, a + stay - 1, z)
    return bg_alive(p, modified, x, t, T) * (a + stay - 1) / (a - 1) * form


def pareto_share(p, x, time):
    """∫ of dying just after `time`, relative to living on: Fader & Hardie (2005), Euler-transformed."""
    r, alpha, s, beta = p
    A, B, total = alpha + time, beta + time, r + s + x
    if alpha >= beta:
        return s / total * hyp2f1(r + x, 1, total + 1, (alpha - beta) / A)
    return s / total * A / B * hyp2f1(s + 1, 1, total + 1, (beta - alpha) / B)


def pareto_likelihood(p, x=x, t=t, T=T):
    r, alpha, s, beta = p
    at_end = -(r + x) * np.log(alpha + T) - s * np.log(beta + T)
    at_last = -(r + x) * np.log(alpha + t) - s * np.log(beta + t)
    gone = pareto_share(p, x, t) * np.exp(at_last - at_end) - pareto_share(p, x, T)
    return gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + at_end + np.log1p(gone)


def pareto_alive(p, x, t, T):
    r, alpha, s, beta = p
    silence = (r + x) * np.log((alpha + T) / (alpha + t)) + s * np.log((beta + T) / (beta + t))
    return 1 / (1 - pareto_share(p, x, T) + pareto_share(p, x, t) * np.exp(silence))


def pareto_orders(p, x, t, T, weeks=HORIZON):
    r, alpha, s, beta = p
    lived = (beta + T) / (s - 1) * (1 - ((beta + T) / (beta + T + weeks)) ** (s - 1))
    return pareto_alive(p, x, t, T) * (r + x) / (alpha + T) * lived


def pareto_residual(p, x, t, T, per_week):
    r, alpha, s, beta = p
    lived = np.array(
        [quad(lambda u: (B / (B + u)) ** s * np.exp(-per_week * u), 0, 40 / per_week, limit=500)[0] for B in beta + T]
    )
    return pareto_alive(p, x, t, T) * (r + x) / (alpha + T) * lived


def gamma_gamma_likelihood(p):
    """Fader & Hardie (2013), equation (1a)."""
    own, q, gamma = p
    bought = (x > 0) & (mean_spend > 0)
    n, z = x[bought], mean_spend[bought]
    return (
        gammaln(own * n + q) - gammaln(own * n) - gammaln(q) + q * np.log(gamma)
        + (own * n - 1) * np.log(z) + own * n * np.log(n) - (own * n + q) * np.log(gamma + n * z)
    )


def spend_of(p, x, z):
    own, q, gamma = p
    return own * (gamma + x * z) / (own * x + q - 1)


bg, bg_log = fit(lambda p: bg_likelihood(p, False), [0.3, 5, 1, 2])
mbg, mbg_log = fit(lambda p: bg_likelihood(p, True), [0.5, 6, 1, 2])
pareto, pareto_log = fit(pareto_likelihood, [0.5, 10, 0.6, 12])
spend, spend_log = fit(gamma_gamma_likelihood, [6, 4, 15])
np.set_printoptions(precision=7, suppress=True, linewidth=110)
print("BG/NBD", bg, bg_log)
print("MBG/NBD", mbg, mbg_log)
print("Pareto/NBD", pareto, pareto_log)
print("Gamma-Gamma", spend, spend_log)

ten = slice(0, 10)
print("P(alive) of customers 1 to 10, on rows of the published summary")
print("BG/NBD", bg_alive(bg, False, px, pt, pT)[ten])
print("MBG/NBD", bg_alive(mbg, True, px, pt, pT)[ten])
print("Pareto/NBD", pareto_alive(pareto, px, pt, pT)[ten])
print("orders of 39 weeks of customers 1 to 10")
print("BG/NBD", bg_orders(bg, False, px, pt, pT)[ten])
print("Pareto/NBD", pareto_orders(pareto, px, pt, pT)[ten])
residual = pareto_residual(pareto, px, pt, pT, 0.0027)
print("discounted residual at 0.0027 a week, then its mean", residual[ten], residual.mean())
for per_week in [np.log(1.1) * 7 / 365.25, np.log(1.1)]:
    one = (px[:1], pt[:1], pT[:1])
    print("the same of customer 1 at", per_week, pareto_residual(pareto, *one, per_week))
values = spend_of(spend, px, pz)
print("expected value of an order", values[ten], "mean", values.mean(), "of nobody", spend_of(spend, 0, 0))

print("holdout of 39 weeks: model, total, bias, MAE, RMSE; then the same of spend without the total")
forecasts = {
    "pareto_nbd": pareto_orders(pareto, x, t, T),
    "bg_nbd": bg_orders(bg, False, x, t, T),
    "mbg_nbd": bg_orders(mbg, True, x, t, T),
}
for name, orders in forecasts.items():
    money = orders * spend_of(spend, x, mean_spend)
    print(
        name, orders.sum(), orders.sum() / orders_after.sum() - 1,
        np.abs(orders - orders_after).mean(), np.sqrt(((orders - orders_after) ** 2).mean()), "|",
        money.sum() / spend_after.sum() - 1,
        np.abs(money - spend_after).mean(), np.sqrt(((money - spend_after) ** 2).mean()),
    )
print("mean orders of the holdout by x = 0 … 6, 7+")
group = np.minimum(x, 7)
for name, orders in {"actual": orders_after, **forecasts}.items():
    print(name, np.array([orders[group == g].mean() for g in range(8)]))

"""Golden values of the models, from their stories and their published closed forms.

    pip install mpmath==1.3.0 && python test/stats/golden/models.py

Prints the rows of pareto-nbd.test.ts, orders-while-alive.test.ts, discounted-residual.test.ts,
score-spread.test.ts and likelihood.test.ts.
"""

from mpmath import beta as beta_function
from mpmath import exp, factorial, gamma, hyp2f1, log, loggamma, mp, mpf, quad


def row(*values):
    print(" ", [value if isinstance(value, str) else float(value) for value in values])


def doubles(*values):
    return [mpf(value) for value in values]


print("Pareto/NBD: r, α, s, β, x, t, G")
mp.dps = 40
for r, alpha, s, beta, x, t in [
    (0.55, 10.58, 0.61, 11.67, 2, 30.43),
    (0.55, 10.58, 0.61, 11.67, 0, 0),
    (1.5, 40, 0.3, 2, 7, 10),
    (0.25, 3, 2.5, 900, 0, 50),
    (0.25, 3, 2.5, 900, 40, 50),
    (0.55, 10.58, 0.61, 11.67, 1000, 200),
    (2, 0.5, 30, 20000, 0, 1),
    (0.5, 10, 0.6, 10, 3, 5),
]:
    r, alpha, s, beta, x, t = doubles(r, alpha, s, beta, x, t)
    a, b, total = alpha + t, beta + t, r + s + x
    if alpha >= beta:
        share = s / total * hyp2f1(r + x, 1, total + 1, (alpha - beta) / a)
    else:
        share = s / total * a / b * hyp2f1(s + 1, 1, total + 1, (beta - alpha) / b)
    row(r, alpha, s, beta, x, t, share)

print("(M)BG/NBD, a living customer: shape, rate, a, b, weeks, orders")
mp.dps = 60
for shape, rate, a, b, weeks in [
    (0.25, 4, 0.8, 2.5, 39),
    (2.25, 43, 0.8, 4.5, 39),
    (2.25, 43, 1, 4.5, 39),
    (2.25, 43, 1.0000001, 4.5, 39),
    (2.25, 43, 3, 4.5, 0.01),
    (200.25, 44, 0.8, 202.5, 156),
    (0.25, 0.01, 0.8, 2.5, 156),
    (1000, 20, 1.7, 1000, 156),
    (30, 0.4, 1e-5, 5, 156),
    (3, 40, 5000, 20000, 39),
    (10000.2, 520, 0.5, 10003, 156),
]:
    shape, rate, a, b, weeks = doubles(shape, rate, a, b, weeks)
    # Fader, Hardie & Lee (2005), which is 0/0 at a = 1
    near = a if a != 1 else a + mpf("1e-30")
    z = weeks / (rate + weeks)
    falls = (rate / (rate + weeks)) ** shape * hyp2f1(shape, b, near + b - 1, z)
    row(shape, rate, a, b, weeks, (near + b - 1) / (near - 1) * (1 - falls))

print("MBG/NBD of CDNOW, a living customer at 10 % a year: x, T, discounted residual")
mp.dps = 25
r, alpha, a, b = doubles(0.52484, 6.18309, 0.89139, 1.61405)
delta = log(mpf("1.1")) * 7 / mpf("365.25")
for x, age in [(0, 0), (0, 38.86), (2, 38.86), (40, 260), (3, 0.5)]:
    x, age = doubles(x, age)
    shape, rate = r + x, alpha + age

    def of_rate(rho):
        density = exp(shape * log(rate) + (shape - 1) * log(rho) - rate * rho - loggamma(shape))
        return density * rho / delta * hyp2f1(1, a, a + b + x + 1, -rho / delta)

    mean = shape / rate
    row(x, age, quad(of_rate, [0, mean / 1000, mean / 10, mean, 3 * mean, 10 * mean, 60 * mean]))

print("Pareto/NBD, a living customer: r, α, s, β, x, T, weeks, E[Y²]")
mp.dps = 30
for r, alpha, s, beta, x, age, weeks in [
    (0.55, 10.58, 0.6, 11.7, 2, 38.86, 52),
    (0.55, 10.58, 2, 11.7, 2, 38.86, 156),
    (0.55, 10.58, 1, 1e6, 2, 38.86, 52),
    (0.55, 10.58, 5000, 11.7, 0, 38.86, 52),
    (0.5, 1, 40, 3, 7, 0.1, 520),
]:
    r, alpha, s, beta, x, age, weeks = doubles(r, alpha, s, beta, x, age, weeks)
    shape, rate, scale = r + x, alpha + age, beta + age
    points = [0, weeks / 1000, weeks / 100, weeks / 10, weeks]
    lived = quad(lambda u: (scale / (scale + u)) ** s, points)
    square = quad(lambda u: 2 * u * (scale / (scale + u)) ** s, points)
    row(r, alpha, s, beta, x, age, weeks, shape / rate * lived + shape * (shape + 1) / rate**2 * square)

# The stories themselves: a stage is passed at the rate λ, every k-th is an occasion; at an occasion
# (BG: a repeat) the customer stops with probability p. The likelihood of given λ and p, the factor of
# the intervals' lengths left out, is averaged over p ~ Beta(a, b) and λ ~ Gamma(r, α).
print("model, k, r, α, a, b, x, t_x, T, log-likelihood")
mp.dps = 20
for model, k, r, alpha, a, b, x, recency, age in [
    ("bg_nbd", 1, 0.25, 4, 0.8, 2.5, 2, 30.43, 38.86),
    ("bg_nbd", 1, 0.25, 4, 0.8, 2.5, 0, 0, 38.86),
    ("mbg_nbd", 1, 0.5, 6, 0.9, 1.6, 2, 30.43, 38.86),
    ("mbg_nbd", 1, 0.5, 6, 0.9, 1.6, 0, 0, 38.86),
    ("bg_cnbd_k", 2, 0.6, 3, 0.8, 2.4, 5, 20, 39),
    ("bg_cnbd_k", 3, 0.6, 3, 0.8, 2.4, 0, 0, 12),
    ("mbg_cnbd_k", 3, 0.8, 3, 0.9, 2.5, 4, 21, 52),
    ("mbg_cnbd_k", 4, 0.8, 3, 0.9, 2.5, 0, 0, 52),
]:
    r, alpha, a, b, x, recency, age = doubles(r, alpha, a, b, x, recency, age)
    chances = x + 1 if model.startswith("m") else x
    # E[(1−p)^chances], and E[p (1−p)^(chances−1)]: stopped at the last occasion
    stays = beta_function(a, b + chances) / beta_function(a, b)
    stops = beta_function(a + 1, b + chances - 1) / beta_function(a, b) if chances > 0 else mpf(0)

    def of_log_rate(u):
        rho = exp(u)
        prior = alpha**r * rho**r * exp(-alpha * rho) / gamma(r)
        passed = sum((rho * (age - recency)) ** j / factorial(j) for j in range(k))
        living = stays * passed * exp(-rho * age)
        return prior * rho ** (k * x) * (living + stops * exp(-rho * recency))

    points = [-250, -100, -40, -20, -10, -6, -4, -2, 0, 2, 4, 6]
    row(model, k, r, alpha, a, b, x, recency, age, log(quad(of_log_rate, points)))

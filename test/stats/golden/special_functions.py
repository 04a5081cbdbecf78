"""Golden values of the special functions, at 40 digits.

    pip install mpmath==1.3.0 && python test/stats/golden/special_functions.py

Prints the rows of special-functions.test.ts, uncertainty.test.ts and pareto-nbd.test.ts.
"""

from mpmath import betainc, digamma, e1, erfinv, exp, expint, loggamma, mp, mpf, sqrt

mp.dps = 40


def row(*values):
    print(" ", [float(value) for value in values])


print("x, ln Γ(x), ψ(x)")
for x in ["1e-10", "0.001", "0.25", "0.5", "1", "1.5", "2", "2.5", "9.99", "10", "33.3", "1000.5", "1e8"]:
    x = mpf(float(x))  # the double that the test is given, not the decimal
    row(x, loggamma(x), digamma(x))

print("a, n, ln Γ(a+n) − ln Γ(a), ψ(a+n) − ψ(a)")
for a, n in [(0.1, 0), (0.25, 1), (0.25, 7), (2.5, 40), (1e-6, 33), (1234.5, 500), (1e7, 3), (1e9, 1000), (0.3, 100000)]:
    a = mpf(a)
    row(a, n, loggamma(a + n) - loggamma(a), digamma(a + n) - digamma(a))

print("level, standard normal quantile")
for level in [1e-10, 0.01, 0.1, 0.5, 0.9, 0.999]:
    row(level, sqrt(2) * erfinv(2 * mpf(level) - 1))

print("x, a, b, I_x(a, b)")
for x, a, b in [(0.3, 2, 5), (0.9, 6.25, 3.74), (0.01, 0.5, 200), (0.5, 1000, 1010), (0.999, 0.1, 0.2)]:
    row(x, a, b, betainc(mpf(a), mpf(b), 0, mpf(x), regularized=True))

print("s, w, e^w E_s(w)")
for s, w in [(0.61, 0.1), (0.61, 2.5), (1, 0.001), (3, 40), (0, 0.5), (2000, 1)]:
    row(s, w, exp(mpf(w)) * (e1(mpf(w)) if s == 1 else expint(mpf(s), mpf(w))))

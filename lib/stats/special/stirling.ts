/**
 * What Stirling's formula leaves of ln Γ(x): ln Γ(x) − (x − ½) ln x + x − ½ ln 2π
 * = Σ B₂ₙ / (2n (2n−1) x^{2n−1}). Domain x ≥ 10: eight terms err by less than 1e-17.
 */
export function stirlingRemainder(x: number): number {
  const s = 1 / (x * x);
  return (
    (1 / 12 +
      s *
        (-1 / 360 +
          s *
            (1 / 1260 +
              s *
                (-1 / 1680 +
                  s * (1 / 1188 + s * (-691 / 360360 + s * (1 / 156 + s * (-3617 / 122400)))))))) /
    x
  );
}

/**
 * What ln x leaves of the digamma function: ψ(x) − ln x = −1/(2x) − Σ B₂ₙ / (2n x^{2n}).
 * Domain x ≥ 10: eight terms err by less than 1e-16.
 */
export function digammaRemainder(x: number): number {
  const s = 1 / (x * x);
  return (
    -0.5 / x -
    s *
      (1 / 12 +
        s *
          (-1 / 120 +
            s *
              (1 / 252 +
                s *
                  (-1 / 240 +
                    s * (1 / 132 + s * (-691 / 32760 + s * (1 / 12 + s * (-3617 / 8160))))))))
  );
}

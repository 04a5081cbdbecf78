/** How Clientele reads the files of the sample shop: the content of its `clientele.config.json`. */
export const sampleConfiguration = {
  currency: 'EUR',
  time_zone: 'Europe/Paris',
  margin_rate: 0.55,
  discount_rate: 0.1,
} as const;

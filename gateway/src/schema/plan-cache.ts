export interface PlanCache<Plan> {
  getOrMake(key: string, make: () => Plan): Plan;
}

/** Keeps the `limit` plans that were used last. A plan that cannot be made is not remembered. */
export function createPlanCache<Plan>(limit: number): PlanCache<Plan> {
  /** In the order of last use, oldest first. */
  const plans = new Map<string, Plan>();
  return {
    getOrMake(key, make) {
      const plan = plans.get(key) ?? make();
      plans.delete(key);
      plans.set(key, plan);
      if (plans.size > limit) {
        const [oldest] = plans.keys();
        if (oldest !== undefined) plans.delete(oldest);
      }
      return plan;
    },
  };
}

/**
 * What a training will need and keep, before anything is spent on it: from the memory of a card the largest size at which it trains,
 * from the pictures' sizes what is left of each. Everything here is arithmetic on numbers that were counted or measured and lie in
 * tables beside it; no picture is opened and nothing is computed on a card. Open {@link athanor.plan.Planner} first.
 */
@NullMarked
package athanor.plan;

import org.jspecify.annotations.NullMarked;

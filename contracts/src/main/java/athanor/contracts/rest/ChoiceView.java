package athanor.contracts.rest;

import athanor.contracts.recipe.PriorMode;

/**
 * A way of learning a subject and of holding its class, and what it was measured to give and to cost.
 *
 * @param instances as a recipe writes it: {@code wholes}, {@code heads}, {@code heads-and-wholes}
 * @param headMasked whether the head is masked out of the prior's loss
 * @param sentence counts of docs/quality.md, on the drawn world
 */
public record ChoiceView(String instances, PriorMode prior, boolean headMasked, String sentence) {}

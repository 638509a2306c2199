/**
 * What a user may turn: {@link athanor.contracts.recipe.Recipe} with its defaults, its keys and its closed sets of words.
 */
@NullMarked
package athanor.contracts.recipe;

import org.jspecify.annotations.NullMarked;

/**
 * The words about a run before it trains: captions, how many class pictures of each size, and the warnings that its
 * owner should read. Pure functions of the recipe and the pictures' sizes.
 */
@NullMarked
package athanor.preprocess.plan;

import org.jspecify.annotations.NullMarked;

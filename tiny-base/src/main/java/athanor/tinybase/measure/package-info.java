/**
 * What a LoRA does to the tiny base, counted by the judge: six measures of practitioners' claims and one of the base itself. Each
 * is a class that reads like the experiment it is; {@link athanor.tinybase.measure.EvaluationHarness} trains and renders for all of them.
 */
@NullMarked
package athanor.tinybase.measure;

import org.jspecify.annotations.NullMarked;

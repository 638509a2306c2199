/** Numbers about rendered pictures and the sentences that may be made of them. Nothing is said that was not measured. */
@NullMarked
package athanor.sample.verdict;

import org.jspecify.annotations.NullMarked;

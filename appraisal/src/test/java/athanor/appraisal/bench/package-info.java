/** Measures how often verdicts are right and how fast they come, on photographs that whoever asks brings along. */
@NullMarked
package athanor.appraisal.bench;

import org.jspecify.annotations.NullMarked;

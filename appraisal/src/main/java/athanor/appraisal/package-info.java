/**
 * What a photograph is worth for training, and what a set of them is. {@link athanor.appraisal.AppraisePicture} looks at one file;
 * {@link athanor.appraisal.AppraiseSet} at all that is known of a set, without a pixel. Numbers come from {@code
 * athanor.pictures.quality}, people from {@code athanor.people}; here they become findings, which a photographer can read in
 * English and Chinese.
 */
@NullMarked
package athanor.appraisal;

import org.jspecify.annotations.NullMarked;

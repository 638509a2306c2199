/**
 * Who is in the picture. {@link athanor.people.People} is the door: one look at a picture answers with faces and a pose, or with
 * nothing where this machine cannot look. What is seen are plain records; who sees it stands behind {@link
 * athanor.people.Detectors} and is found as a service, so that nothing here depends on it. How much of a person is in the picture
 * is {@code athanor.people.framing}.
 *
 * <p>Everywhere: pixels of the picture that was given, x to the right and y down from its upper left corner. Pictures are 8-bit
 * BGR, sRGB and upright, as {@link athanor.pictures.Pixels} makes them. Left and right are the person's own.
 */
@NullMarked
package athanor.people;

import org.jspecify.annotations.NullMarked;

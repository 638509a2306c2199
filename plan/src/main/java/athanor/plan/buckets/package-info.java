/**
 * Which size each picture is trained at. The rules are those of kohya-ss/sd-scripts ("aspect ratio
 * bucketing"), so that a recipe written for it means the same here: the resolution of a recipe is an
 * area, not a frame, and every picture goes to a bucket of about that area and about its own shape.
 *
 * <p>Only numbers live here; no picture is opened.
 */
@NullMarked
package athanor.plan.buckets;

import org.jspecify.annotations.NullMarked;

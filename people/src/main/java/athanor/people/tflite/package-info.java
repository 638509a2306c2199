/**
 * The default detectors: Google's BlazeFace, BlazePose and selfie segmentation, run by TensorFlow Lite on the processor. Nothing
 * outside knows this package; it is found as {@link athanor.people.Detectors.Source}.
 *
 * <p>The networks see squares. {@link athanor.people.tflite.Preview} makes them of a picture, {@link
 * athanor.people.tflite.AnchorGrid} turns what they answer back into boxes.
 */
@NullMarked
package athanor.people.tflite;

import org.jspecify.annotations.NullMarked;

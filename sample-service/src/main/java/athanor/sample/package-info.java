/**
 * Pictures from a base model, without and with LoRAs: class pictures before a training, test pictures during and after
 * it, and whatever is asked for by REST.
 *
 * <p>Ways in: {@link athanor.sample.SampleConsumer} and {@link athanor.sample.SamplesResource}. Use cases: {@link
 * athanor.sample.RenderClassPictures}, {@link athanor.sample.RenderSamples}, {@link athanor.sample.RenderRequested}.
 * What draws is in {@code render}, what warns in {@code guard}, what shows in {@code sheet}, what measures in {@code
 * verdict}.
 */
@NullMarked
package athanor.sample;

import org.jspecify.annotations.NullMarked;

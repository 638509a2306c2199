/** A base from nothing: its autoencoder, then its UNet and text encoder together. */
@NullMarked
package athanor.diffusion.pretraining;

import org.jspecify.annotations.NullMarked;

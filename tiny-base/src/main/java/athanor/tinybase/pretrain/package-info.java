/**
 * Makes the tiny base from nothing with the project's own networks and training programs: first the autoencoder, then UNet
 * and text encoder. Sampling from it and measuring it is elsewhere.
 */
package athanor.tinybase.pretrain;

package athanor.diffusion.model;

/** The three families of latent diffusion models that are built here; they differ in how text enters the UNet. */
public enum ModelFamily {
    /** Stable Diffusion 1.x: CLIP's last states; projections of the transformers are 1x1 convolutions. */
    SD1,
    /** Stable Diffusion 2.x: OpenCLIP without its last layer; projections are linear; epsilon or v. */
    SD2,
    /** Stable Diffusion XL: penultimate states of two encoders, a pooled embedding, and the picture's geometry. */
    SDXL
}

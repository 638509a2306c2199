package athanor.contracts.recipe;

/** Ways from noise to picture. */
public enum SamplerName {
    /** Song et al. 2020, eta 0. */
    DDIM,
    /** Karras et al. 2022, algorithm 2 without churn. */
    EULER,
    /** Euler with fresh noise after each step. */
    EULER_ANCESTRAL,
    /** Lu et al. 2022, second order multistep, the model's own noise levels. */
    DPMPP_2M,
    /** The same on the noise levels of Karras et al. 2022. */
    DPMPP_2M_KARRAS
}

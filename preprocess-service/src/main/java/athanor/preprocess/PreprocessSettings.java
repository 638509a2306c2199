package athanor.preprocess;

import athanor.contracts.run.MemoryClass;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator may turn on preprocess-service. What a user may turn travels in the Recipe. */
@ConfigMapping(prefix = "athanor.preprocess")
public interface PreprocessSettings {

    /** Queue that prepared datasets go to: the smallest class of worker that trains what is asked for here. */
    @WithDefault("CPU")
    MemoryClass memoryClass();
}

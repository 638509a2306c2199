package athanor.tools.reference;

import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import org.jspecify.annotations.Nullable;

/** The base of a comparison; its networks are loaded when the first group asks for them. */
final class LoadedBase implements AutoCloseable {

    private final BaseModel base;
    private final ComputeOptions options;
    private @Nullable DiffusionModel model;

    LoadedBase(BaseModel base, ComputeOptions options) {
        this.base = base;
        this.options = options;
    }

    BaseModel base() {
        return base;
    }

    ComputeOptions options() {
        return options;
    }

    boolean isSdxl() {
        return base.textEncoderConfigs().size() == 2;
    }

    DiffusionModel model() {
        DiffusionModel loaded = model;
        if (loaded == null) {
            loaded = DiffusionModel.load(base, options);
            model = loaded;
        }
        return loaded;
    }

    /** Gives the networks' memory back: training loads its own copy. */
    void unload() {
        if (model != null) {
            model.close();
            model = null;
        }
    }

    @Override
    public void close() {
        unload();
        base.close();
    }
}

package athanor.tools.reference;

/** One group of tensors: its inputs, read and checked, and how to compute its outputs. */
interface Group {

    /** Adds this group's outputs. */
    void compute(LoadedBase base, OutputTensors outputs) throws ReferenceException;
}

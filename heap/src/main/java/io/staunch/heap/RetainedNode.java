package io.staunch.heap;

import java.util.List;

/// Objects of one type that are dominated by objects of the same types all the way up: the dominator tree, with what is
/// alike taken together. The sum of the children and of the objects' own size is what a node retains; children that are
/// too small to tell are left out.
///
/// @param label the type, or the class that a class object stands for; `everything` for the root
/// @param count how many objects
/// @param shallow their own size
/// @param retained what they keep alive, their own size included
public record RetainedNode(String label, long count, long shallow, long retained, List<RetainedNode> children) {
    public RetainedNode {
        children = List.copyOf(children);
    }
}

"""Drawing troubleshooters: the graph beside its outline, one step's form, proof, preview, versions and report."""

using OrchardTracker.Node;

return await NodeCommands.RunAsync(args);

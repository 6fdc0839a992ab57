using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

internal static class RecipeSteps
{
    /// <summary>Runs one step of a recipe, given as JSON.</summary>
    public static async Task RunStepAsync(this TestSite site, string json) => Assert.Empty(await site.TryStepAsync(json));

    /// <returns>What was wrong.</returns>
    public static async Task<IReadOnlyCollection<string>> TryStepAsync(this TestSite site, string json)
    {
        IReadOnlyCollection<string> errors = [];
        await site.InBackgroundAsync(async services =>
        {
            var step = (JsonObject)JsonNode.Parse(json)!;
            var context = new RecipeExecutionContext { Name = step["name"]!.GetValue<string>(), Step = step, RecipeDescriptor = new RecipeDescriptor() };
            foreach (var handler in services.GetServices<IRecipeStepHandler>())
            {
                await handler.ExecuteAsync(context);
            }

            errors = [.. context.Errors];
        });
        return errors;
    }
}

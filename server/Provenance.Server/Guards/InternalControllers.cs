using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Provenance.Server.Guards;

/// <summary>Finds this program's controllers, which are internal as everything in it: nobody refers to a program.</summary>
internal sealed class InternalControllers : ControllerFeatureProvider
{
    protected override bool IsController(TypeInfo typeInfo) => typeInfo is { IsClass: true, IsAbstract: false } && typeInfo.IsSubclassOf(typeof(ControllerBase)) && typeInfo.IsDefined(typeof(ApiControllerAttribute));
}
